internal import FlintColumns
internal import FlintCore

/// Finds out what a query means: which columns its names are, which types its expressions have, and which plan gives its
/// rows. Names are told apart without regard to upper and lower case.
struct Analyser {
  let catalog: Catalog
  let kernels: Kernels
  /// Tables that queries around define, the innermost last, each with how it is analysed itself.
  var named: [(name: String, query: NamedQuery, visible: Int)] = []
  /// Views that are being looked into: one that leads to itself has no end.
  private var openViews: [String] = []
  private var nextColumn: Int

  init(_ catalog: Catalog, _ kernels: Kernels, firstColumn: Int = 0) {
    self.catalog = catalog
    self.kernels = kernels
    nextColumn = firstColumn
  }

  /// The plan of a whole query.
  static func plan(_ query: Query, _ catalog: Catalog, _ kernels: Kernels) throws(FlintError) -> LogicalPlan {
    var analyser = Analyser(catalog, kernels)
    let (plan, scope) = try analyser.plan(query)
    // Columns by whose names tables were joined are there once.
    let visible = scope.visible
    return visible.count == scope.columns.count ? plan : .project(visible.map { NamedExpression($0) }, plan)
  }

  /// A new column.
  mutating func column() -> ColumnID {
    defer { nextColumn += 1 }
    return ColumnID(number: nextColumn)
  }

  mutating func attribute(_ field: Field) -> Attribute {
    Attribute(id: column(), name: field.name, type: field.type, isNullable: field.isNullable)
  }

  func context(_ name: String, _ origin: Origin) -> FunctionContext {
    FunctionContext(kernels: kernels, zones: catalog.zones, name: name, origin: origin)
  }

  /// The plan of a query, and what a query around it can name.
  mutating func plan(_ query: Query) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    do throws(FlintError) { return try plan(query.node, query.origin) } catch {
      // A part of it that was read from a text says where in the text; where the text stands is known here.
      guard case .program(let place) = query.origin, error.location == nil else { throw error }
      throw FlintError(
        error.code, error.what, why: error.why, remedy: error.remedy, at: place, cause: error.cause)
    }
  }

  private mutating func plan(
    _ node: Query.Node, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    switch node {
    case .table(let names): return try table(names, origin)
    case .files(let source):
      guard let table = catalog.files[source] else { preconditionFailure("\(source.paths) were not looked up") }
      return scan(table, [])
    case .values(let rows): return try values(rows, origin)
    case .oneRow: return (.values([], [[]]), Scope())
    case .select(let select): return try self.select(select, orders: [], origin)
    case .join(let join): return try self.join(join, origin)
    case .set(let set): return try self.set(set, origin)
    case .distinct(let source):
      let (plan, scope) = try self.plan(source)
      return (distinct(plan), scope)
    case .sort(let source, let orders): return try sort(source, orders, origin)
    case .limit(let source, let count, let offset): return try limit(source, count, offset)
    case .with(let tables, let source):
      let depth = named.count
      for table in tables { named.append((table.name.lowercased(), table, named.count)) }
      defer { named.removeSubrange(depth...) }
      return try plan(source)
    case .alias(let source, let name, let columns):
      return try alias(source, name, columns, origin)
    case .lateral(let lateral): return try self.lateral(lateral)
    case .repartition(let source, let count, let keys):
      let (plan, scope) = try self.plan(source)
      let typed = try keys.map { (key) throws(FlintError) in try resolve(key, Resolution(scope, "REPARTITION")) }
      return (.repartition(count: count, by: typed, plan), scope)
    case .reshaped(let source, let change): return try reshaped(source, change, origin)
    case .hinted(let source, _): return try plan(source)
    case .kept(let rows):
      guard let source = catalog.kept[rows] else { return try plan(rows.query) }
      return scan(source)
    case .dataset(let source): return scan(source)
    case .wrong(let known): throw known.error
    case .sample(let source, let fraction, let seed):
      let (plan, scope) = try self.plan(source)
      return (.sample(fraction: fraction, seed: seed, plan), scope)
    }
  }

  // MARK: Tables.

  private mutating func table(
    _ names: [String], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let name = names.joined(separator: ".").lowercased()
    if let index = named.lastIndex(where: { $0.name == name }) {
      // What is defined after a table is not seen in it.
      let hidden = Array(named[named[index].visible...])
      let query = named[index].query
      named.removeSubrange(named[index].visible...)
      defer { named += hidden }
      let (plan, scope) = try self.plan(query.query)
      return (plan, try relabelled(scope, [query.name], query.columns, origin))
    }
    if let view = catalog.views[name] {
      guard !openViews.contains(name) else {
        throw origin.error(.invalidQuery, "the view \(names.joined(separator: ".")) leads to itself")
      }
      openViews.append(name)
      let hidden = named
      named = []
      defer {
        named = hidden
        openViews.removeLast()
      }
      let (plan, scope) = try self.plan(view)
      return (plan, scope.renamed(names))
    }
    guard let table = catalog.tables[name] else {
      let known =
        named.map(\.query.name) + catalog.views.keys.sorted() + catalog.viewNames + catalog.tables.keys.sorted()
      throw origin.error(
        .unknownName, "there is no table or view \(names.joined(separator: "."))",
        remedy: NearestName.find(for: name, in: known).map { "did you mean \($0)?" }
          ?? "register it by createOrReplaceTempView, or name files as parquet.`path`")
    }
    return scan(table, names)
  }

  private mutating func scan(_ table: Table, _ qualifier: [String]) -> (plan: LogicalPlan, scope: Scope) {
    var columns: [Attribute] = []
    for field in table.schema.fields { columns.append(attribute(field)) }
    return (.scan(TableScan(table: table, columns: columns)), Scope(columns, qualifier: qualifier))
  }

  /// The columns of a dataset under their own names.
  private mutating func scan(_ source: DatasetSource) -> (plan: LogicalPlan, scope: Scope) {
    let (plan, scope) = scan(source.table, [])
    let items = zip(scope.visible, source.fields).map { column, field in
      NamedExpression(column.id, field.name, column.reference())
    }
    return (.project(items, plan), Scope(items.map(\.attribute)))
  }

  private mutating func alias(
    _ source: Query, _ name: String, _ columns: [String], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let (plan, scope) = try self.plan(source)
    return (plan, try relabelled(scope, [name], columns, origin))
  }

  private func relabelled(
    _ scope: Scope, _ qualifier: [String], _ names: [String], _ origin: Origin
  ) throws(FlintError) -> Scope {
    guard names.isEmpty || names.count == scope.visible.count else {
      throw origin.error(
        .invalidQuery, "\(qualifier[0]) has \(scope.visible.count) columns, and \(names.count) names for them")
    }
    return scope.renamed(qualifier, names)
  }

  // MARK: Rows that are written down.

  private mutating func values(
    _ rows: [[Expression]], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let width = rows.first?.count ?? 0
    let scope = Scope()
    var typed: [[TypedExpression]] = []
    for row in rows {
      guard row.count == width else {
        throw (row.first?.origin ?? origin).error(
          .invalidQuery, "a row of VALUES has \(row.count) values, the first one \(width)")
      }
      typed.append(try row.map { (value) throws(FlintError) in try resolve(value, Resolution(scope, "VALUES")) })
    }
    let coercion = Coercion(rules: kernels.rules)
    var columns: [Attribute] = []
    for column in 0..<width {
      guard let unified = coercion.unified(typed.map { $0[column] }) else {
        let types = typed.map { $0[column].type.description }.joined(separator: ", ")
        throw origin.error(.typeMismatch, "column \(column + 1) of VALUES has no common type for \(types)")
      }
      for row in typed.indices { typed[row][column] = unified[row] }
      let isNullable = unified.contains(where: \.isNullable)
      columns.append(attribute(Field("col\(column + 1)", unified[0].type, isNullable: isNullable)))
    }
    return (try plan(typed, columns), Scope(columns))
  }

  /// Rows of values where all are literals, else a union of rows that are computed.
  private func plan(_ rows: [[TypedExpression]], _ columns: [Attribute]) throws(FlintError) -> LogicalPlan {
    let folding = Folding(kernels, zones: catalog.zones)
    var literals: [[Literal]] = []
    for row in rows {
      var values: [Literal] = []
      for value in row {
        if value.isConstant, let literal = try folding.value(of: value) { values.append(literal) }
      }
      if values.count == row.count { literals.append(values) }
    }
    if literals.count == rows.count { return .values(columns, literals) }
    let parts = rows.map { row in
      LogicalPlan.project(
        zip(columns, row).map { NamedExpression($0.id, $0.name, $1) }, .values([], [[]]))
    }
    return .union(columns, parts)
  }

  /// Each different row once.
  func distinct(_ plan: LogicalPlan) -> LogicalPlan {
    .aggregate(Aggregation(keys: plan.output.map { NamedExpression($0) }, calls: []), plan)
  }
}
