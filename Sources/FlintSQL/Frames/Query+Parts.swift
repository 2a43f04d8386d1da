/// What a query names, also in its expressions, in the order in which it is written.
private struct QueryParts {
  var tables: [String] = []
  var files: [(source: FileSource, origin: Origin)] = []
  var zones: [String] = []
  var kept: [KeptRows] = []

  private static let zoneFunctions: Set<String> = ["from_utc_timestamp", "to_utc_timestamp"]

  mutating func add(_ query: Query) {
    switch query.node {
    case .table(let names): tables.append(names.joined(separator: ".").lowercased())
    case .files(let source): files.append((source, query.origin))
    case .values(let rows): for row in rows { add(row) }
    case .oneRow: break
    case .select(let select):
      add(select.source)
      add(select.items + (select.groups ?? []))
      add([select.condition, select.having].compactMap { $0 })
      for window in select.windows { add(window.specification) }
    case .join(let join):
      add(join.left)
      add(join.right)
      if case .on(let condition) = join.condition { add(condition) }
    case .set(let set):
      add(set.left)
      add(set.right)
    case .distinct(let source), .alias(let source, _, _), .sample(let source, _, _), .hinted(let source, _):
      add(source)
    case .reshaped(let source, let change):
      add(source)
      if case .adding(let columns) = change { add(columns.map(\.expression)) }
    case .kept(let rows): kept.append(rows)
    case .dataset, .wrong: break
    case .sort(let source, let orders):
      add(source)
      add(orders.map(\.expression))
    case .limit(let source, let count, let offset):
      add(source)
      add([count, offset].compactMap { $0 })
    case .with(let named, let source):
      for each in named { add(each.query) }
      add(source)
    case .lateral(let lateral):
      add(lateral.source)
      add(lateral.function.arguments)
    case .repartition(let source, _, let keys):
      add(source)
      add(keys)
    }
  }

  private mutating func add(_ expressions: [Expression]) { for expression in expressions { add(expression) } }

  private mutating func add(_ window: WindowSpecification) {
    add(window.partition)
    add(window.order.map(\.expression))
  }

  private mutating func add(_ call: FunctionCall) {
    if Self.zoneFunctions.contains(call.name), case .literal(.string(let zone))? = call.arguments.last?.node {
      zones.append(zone)
    }
    add(call.arguments)
    if let filter = call.filter { add(filter) }
  }

  private mutating func add(_ expression: Expression) {
    switch expression.node {
    case .name, .star, .literal, .column, .wrong: break
    case .user(_, let operands): add(operands)
    case .cast(let operand, _, _), .unary(_, let operand), .alias(let operand, _): add(operand)
    case .binary(_, let left, let right), .like(let left, let right, _), .part(let left, let right):
      add(left)
      add(right)
    case .function(let call): add(call)
    case .conditional(let branches, let otherwise):
      for branch in branches { add([branch.condition, branch.value]) }
      if let otherwise { add(otherwise) }
    case .isIn(let operand, let values): add([operand] + values)
    case .window(let call, let window):
      add(call)
      add(window)
    case .query(let query), .exists(let query): add(query)
    case .isInQuery(let operand, let query):
      add(operand)
      add(query)
    }
  }
}

extension Query {
  private var parts: QueryParts {
    var parts = QueryParts()
    parts.add(self)
    return parts
  }

  /// Names of tables in lower case, those that it defines itself among them.
  var tableNames: [String] { parts.tables }
  /// The files that it reads.
  var fileSources: [(source: FileSource, origin: Origin)] { parts.files }
  /// Queries whose rows are kept, without what those name.
  var keptRows: [KeptRows] { parts.kept }
  /// Time zones that it names.
  var zoneNames: [String] { parts.zones }
}
