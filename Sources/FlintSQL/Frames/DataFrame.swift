public import FlintColumns
internal import FlintCore
internal import FlintDatasets

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
/// Expressions are texts in SQL, or ``Column``s that Swift builds. Transformations never throw and never wait: what cannot
/// be read, or does not fit the rows, is told with the line of the transformation when rows are asked for, or by
/// ``validate()``.
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

  /// Who computes the rows on the executors of a session, and the plan; nil without a session.
  func clusterExecution(_ site: OperatorSite) async throws -> (ClusterExecution, LogicalPlan)? {
    guard let session = context.session else { return nil }
    let (plan, kernels, zones) = try await plan()
    let execution = ClusterExecution(
      session: session, settings: context.computing(zones), kernels: kernels, zones: zones, site: site)
    return (execution, context.optimised(plan, kernels, zones))
  }

  private func batch(_ site: OperatorSite) async throws -> Batch {
    if let (execution, plan) = try await clusterExecution(site) {
      return try execution.kernels.concatenate(try await execution.rows(plan), plan.output.schema)
    }
    let (plan, kernels, zones) = try await plan()
    let optimised = context.optimised(plan, kernels, zones)
    return try await LocalExecution(kernels, zones: zones, files: context.files, limits: context.limits).rows(optimised)
  }

  // MARK: Actions.

  /// Throws what the first action would throw before it computes anything: a column that there is not, a file that is
  /// missing. It looks at files and computes nothing.
  public func validate() async throws { _ = try await plan() }

  /// The columns: their names and types.
  public func schema() async throws -> Schema { Schema(try await plan().plan.output.map(\.field)) }

  /// All rows.
  public func collect(file: String = #fileID, line: Int = #line) async throws -> [Row] {
    Row.rows(of: try await batch(OperatorSite("collect", file, line)))
  }

  /// The first rows.
  public func take(_ count: Int, file: String = #fileID, line: Int = #line) async throws -> [Row] {
    Row.rows(of: try await limit(count).batch(OperatorSite("take", file, line)))
  }

  /// The first rows.
  public func head(_ count: Int, file: String = #fileID, line: Int = #line) async throws -> [Row] {
    try await take(count, file: file, line: line)
  }

  /// The first row; nil when there is none.
  public func first(file: String = #fileID, line: Int = #line) async throws -> Row? {
    try await take(1, file: file, line: line).first
  }

  /// Whether there is no row.
  public func isEmpty(file: String = #fileID, line: Int = #line) async throws -> Bool {
    try await take(1, file: file, line: line).isEmpty
  }

  /// How many rows there are.
  public func count(file: String = #fileID, line: Int = #line) async throws -> Int {
    let call = FunctionCall(name: "count", arguments: [Expression(.star([]))])
    let counted = SelectQuery(items: [Expression(.function(call))], source: query)
    let frame = with(.select(counted), query.origin)
    let rows = Row.rows(of: try await frame.batch(OperatorSite("count", file, line)))
    return rows[0][0].whole.map { Int($0) } ?? 0
  }

  /// How the rows will be computed; with `isExtended` also what was written and what it was taken for.
  public func explained(isExtended: Bool = false) async throws -> String {
    let (plan, kernels, zones) = try await plan()
    let optimised = context.optimised(plan, kernels, zones)
    guard isExtended else { return "== Optimised plan ==\n\(optimised)" }
    return "== Query ==\n\(query)\n\n== Analysed plan ==\n\(plan)\n\n== Optimised plan ==\n\(optimised)"
  }

  /// The first rows as a table of text, whose cells are cut to `width` characters, 0 for whole ones.
  public func shown(
    _ count: Int = 20, width: Int = 20, vertical: Bool = false, file: String = #fileID, line: Int = #line
  ) async throws -> String {
    let rows = try await limit(count + 1).batch(OperatorSite("show", file, line))
    let table = TextTable(width: width, kernels: Kernels(context.memory, zone: try await plan().kernels.zone))
    return try vertical ? table.records(rows, count: count) : table.text(rows, count: count)
  }

  /// The names of the columns.
  public func columns() async throws -> [String] { try await schema().fields.map(\.name) }

  /// The columns as a tree of text.
  public func schemaTree() async throws -> String { SchemaTree.text(try await schema()) }
}
