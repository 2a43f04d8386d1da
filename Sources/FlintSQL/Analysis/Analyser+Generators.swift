internal import FlintColumns
internal import FlintCore

extension Analyser {
  private static let generators: Set<String> = ["explode", "posexplode", "explode_outer", "posexplode_outer"]

  // MARK: Rows made of lists.

  /// LATERAL VIEW.
  mutating func lateral(_ query: LateralQuery) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let (plan, scope) = try self.plan(query.source)
    let generation = try self.generation(
      query.function, isOuter: query.isOuter, names: query.columns, query.origin, scope)
    let made = Scope(generation.columns, qualifier: query.table.isEmpty ? [] : [query.table])
    return (.generate(generation, plan), Scope(scope.columns + made.columns))
  }

  /// A function in SELECT that makes rows: at most one, which becomes columns of the source.
  mutating func addGenerator(
    _ query: inout SelectQuery, _ plan: inout LogicalPlan, _ scope: inout Scope
  ) throws(FlintError) {
    var isFound = false
    var items: [Expression] = []
    for item in query.items {
      guard let (call, names, origin) = Self.generator(item) else {
        items.append(item)
        continue
      }
      guard !isFound else {
        throw origin.error(.invalidQuery, "one SELECT makes rows of one list only", remedy: "use LATERAL VIEW")
      }
      isFound = true
      let generation = try self.generation(call, isOuter: false, names: names, origin, scope)
      plan = .generate(generation, plan)
      for column in generation.columns {
        // Under a name that nothing else has.
        let name = "generated\(column.id)"
        let hidden = Attribute(id: column.id, name: name, type: column.type, isNullable: column.isNullable)
        scope.columns.append(Scope.Column(attribute: hidden, qualifier: [name], isHidden: true))
        items.append(Expression(.alias(Expression(.name([name, name]), origin), column.name), origin))
      }
    }
    query.items = items
  }

  private static func generator(_ item: Expression) -> (FunctionCall, names: [String], Origin)? {
    switch item.node {
    case .function(let call) where generators.contains(call.name): return (call, [], item.origin)
    case .alias(let inner, let name):
      guard case .function(let call) = inner.node, generators.contains(call.name) else { return nil }
      return (call, [name], inner.origin)
    default: return nil
    }
  }

  private mutating func generation(
    _ call: FunctionCall, isOuter: Bool, names: [String], _ origin: Origin, _ scope: Scope
  ) throws(FlintError) -> Generation {
    guard Self.generators.contains(call.name) else {
      throw origin.error(
        .unknownName, "there is no function \(call.name) that makes rows",
        remedy: NearestName.find(for: call.name, in: Self.generators.sorted()).map { "did you mean \($0)?" })
    }
    guard call.arguments.count == 1 else {
      throw origin.error(.invalidQuery, "\(call.name) takes one operand, not \(call.arguments.count)")
    }
    let input = try resolve(call.arguments[0], Resolution(scope, "a function that makes rows"))
    let hasPosition = call.name.hasPrefix("pos")
    let isOuter = isOuter || call.name.hasSuffix("_outer")
    var fields: [Field] = hasPosition ? [Field("pos", .int32, isNullable: isOuter)] : []
    switch input.type {
    case .list(let element): fields.append(Field("col", element.type))
    case .map(let key, let value): fields += [Field("key", key.type), Field("value", value.type)]
    default: throw context(call.name, origin).mismatch(input, "an array or a map")
    }
    guard names.isEmpty || names.count == fields.count || (hasPosition && names.count == fields.count - 1) else {
      throw origin.error(.invalidQuery, "\(call.name) makes \(fields.count) columns, and \(names.count) have names")
    }
    var columns: [Attribute] = []
    for (index, field) in fields.enumerated() {
      let place = index - (fields.count - names.count)
      let name = place >= 0 ? names[place] : field.name
      columns.append(attribute(Field(name, field.type, isNullable: field.isNullable)))
    }
    return Generation(
      kind: .explode(hasPosition: hasPosition), input: input, isOuter: isOuter, columns: columns)
  }

  // MARK: Windows of time.

  /// `window(time, '5 minutes', '1 minute')`: each row stands once in each span that holds its time. The spans become a
  /// column with that name.
  mutating func addTimeWindows(
    _ query: inout SelectQuery, _ plan: inout LogicalPlan, _ scope: inout Scope
  ) throws(FlintError) {
    let written = query.items + (query.groups ?? [])
    guard let (call, origin) = written.lazy.compactMap(Self.timeWindow).first else { return }
    guard (2...4).contains(call.arguments.count) else {
      throw origin.error(.invalidQuery, "window takes a time, a length, and perhaps a slide and a start")
    }
    let context = context("window", origin)
    let time = try context.timestamp(try resolve(call.arguments[0], Resolution(scope, "GROUP BY")))
    var spans: [Int64] = []
    for argument in call.arguments.dropFirst() { spans.append(try span(argument, context)) }
    let length = spans[0]
    let slide = spans.count > 1 ? spans[1] : length
    let start = spans.count > 2 ? spans[2] : 0
    guard length > 0, slide > 0, slide <= length, length / slide <= 100_000 else {
      throw origin.error(.invalidQuery, "windows have a length, and a slide that is no longer")
    }
    let fields = [Field("start", .timestamp), Field("end", .timestamp)]
    let column = attribute(Field("window", .structure(fields), isNullable: false))
    plan = .generate(
      Generation(
        kind: .spans(length: length, slide: slide, start: start), input: time, isOuter: false, columns: [column]),
      plan)
    scope.columns.append(Scope.Column(attribute: column, qualifier: []))
    let name = Expression(.name(["window"]), origin)
    query.items = query.items.map { $0.replacingTimeWindow(call, by: name) }
    query.groups = query.groups?.map { $0.replacingTimeWindow(call, by: name) }
    query.having = query.having?.replacingTimeWindow(call, by: name)
  }

  private static func timeWindow(_ expression: Expression) -> (FunctionCall, Origin)? {
    switch expression.node {
    case .function(let call) where call.name == "window": return (call, expression.origin)
    case .alias(let inner, _), .part(let inner, _): return timeWindow(inner)
    default: return nil
    }
  }

  /// Microseconds of a text such as '5 minutes', or of an interval.
  private mutating func span(_ argument: Expression, _ context: FunctionContext) throws(FlintError) -> Int64 {
    let interval: Interval?
    switch argument.node {
    case .literal(.string(let text)): interval = IntervalText.interval(text)
    case .literal(.interval(let value)): interval = value
    default: interval = nil
    }
    guard let interval, interval.months == 0 else {
      throw argument.origin.error(
        .invalidQuery, "a window is as long as a text such as '5 minutes' says, and has no months")
    }
    return Int64(interval.days) * 86_400_000_000 + interval.microseconds
  }
}

extension Expression {
  /// The same with a name in place of one call of `window`.
  fileprivate func replacingTimeWindow(_ call: FunctionCall, by name: Expression) -> Expression {
    switch node {
    case .function(call): return name
    case .alias(let inner, let alias):
      return Expression(.alias(inner.replacingTimeWindow(call, by: name), alias), origin)
    case .part(let inner, let key):
      return Expression(.part(inner.replacingTimeWindow(call, by: name), key), origin)
    default: return self
    }
  }
}
