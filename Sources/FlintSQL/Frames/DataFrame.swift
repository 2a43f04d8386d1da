public import FlintColumns
internal import FlintCore

/// Rows with named columns, as a query that is computed when somebody asks for them. It is a value: each transformation
/// gives another one.
///
/// ```swift
/// import FlintSQL
///
/// func showRevenue(_ sql: SQLContext) async throws {
///   let trips = sql.read.parquet("trips/*/*.parquet")
///   try await trips.where("fare > 0").groupBy("zone").agg("sum(fare) AS revenue").orderBy("zone").show()
/// }
/// ```
///
/// Expressions are texts in SQL. One that cannot be read is an error at once; what does not fit the rows is told when they are
/// asked for.
public struct DataFrame: Sendable {
  let query: Query
  let context: SQLContext

  init(_ query: Query, _ context: SQLContext) {
    self.query = query
    self.context = context
  }

  func with(_ node: Query.Node, _ origin: Origin) -> DataFrame { DataFrame(Query(node, origin), context) }

  // MARK: Plans.

  /// What the query is, analysed.
  func plan() async throws -> (plan: LogicalPlan, kernels: Kernels, zones: [String: ZoneRules]) {
    var loader = CatalogLoader(context)
    let catalog = try await loader.load(query)
    let kernels = context.kernels(catalog.zones)
    return (try Analyser.plan(query, catalog, kernels), kernels, catalog.zones)
  }

  private func batch() async throws -> Batch {
    let (plan, kernels, zones) = try await plan()
    let optimised = Optimiser(kernels, zones: zones).optimised(plan)
    return try await LocalExecution(kernels, zones: zones, files: context.files, limits: context.limits).rows(optimised)
  }

  // MARK: Actions.

  /// The columns: their names and types.
  public func schema() async throws -> Schema { Schema(try await plan().plan.output.map(\.field)) }

  /// All rows.
  public func collect() async throws -> [Row] { try Row.rows(of: try await batch(), context.memory) }

  /// The first rows.
  public func take(_ count: Int) async throws -> [Row] { try await limit(count).collect() }

  /// How many rows there are.
  public func count() async throws -> Int {
    let call = FunctionCall(name: "count", arguments: [Expression(.star([]))])
    let counted = SelectQuery(items: [Expression(.function(call))], source: query)
    let rows = try await with(.select(counted), query.origin).collect()
    return rows[0][0].whole.map { Int($0) } ?? 0
  }

  /// How the rows will be computed; with `isExtended` also what was written and what it was taken for.
  public func explained(isExtended: Bool = false) async throws -> String {
    let (plan, kernels, zones) = try await plan()
    let optimised = Optimiser(kernels, zones: zones).optimised(plan)
    guard isExtended else { return "== Optimised plan ==\n\(optimised)" }
    return "== Query ==\n\(query)\n\n== Analysed plan ==\n\(plan)\n\n== Optimised plan ==\n\(optimised)"
  }

  /// The first rows as a table of text, whose cells are cut to `width` characters.
  public func shown(_ count: Int = 20, width: Int = 20) async throws -> String {
    let rows = try await limit(count + 1).batch()
    return try TextTable.text(rows, count: count, width: width, Kernels(context.memory))
  }

  /// The columns as a tree of text.
  public func schemaTree() async throws -> String { SchemaTree.text(try await schema()) }
}
