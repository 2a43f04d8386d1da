public import FlintColumns
public import FlintCore
internal import FlintDatasets
internal import Synchronization

/// Where queries are made: it knows files, views and settings, and gives data frames.
///
/// A session's computes by jobs of the session; another one in this process, each plan as one partition.
public final class SQLContext: Sendable {
  let files: any FileSystem
  let limits: Limits
  let memory: ColumnMemory
  /// Whose executors compute; nil for this process alone.
  let session: Session?
  let statistics = KnownStatistics()
  private let state: Mutex<SQLState>

  /// The context of a session, whose vectors on the driver lie in `memory`.
  init(over session: Session, memory: ColumnMemory) {
    files = session.runtime.context.files
    limits = session.limits
    self.memory = memory
    self.session = session
    state = Mutex(SQLState(settings: SQLSettings(session.runtime.configuration)))
  }

  /// A context without views that reads files of `files`, and whose vectors lie in `memory`.
  public init(files: any FileSystem, memory: ColumnMemory, limits: Limits = Limits()) {
    self.files = files
    self.memory = memory
    self.limits = limits
    session = nil
    state = Mutex(SQLState())
  }

  /// Reads files.
  public var read: DataFrameReader { DataFrameReader(context: self) }

  /// Does what a statement in SQL says, and gives the rows of its result: of a query its own, of SET and EXPLAIN texts, of
  /// others none. Nothing of a query is computed before its rows are asked for.
  ///
  /// Throws `invalid-query`, `unknown-name`, `ambiguous-name` and `type-mismatch` with the place in the text.
  public func sql(_ text: String) async throws -> DataFrame {
    switch try Parser.statement(text, limits: limits) {
    case .query(let query):
      let frame = DataFrame(query, self)
      _ = try await frame.plan()
      return frame
    case .createView(let name, let query, let replaces):
      _ = try await DataFrame(query, self).plan()
      try register(name, query, replaces: replaces)
      return texts([], [])
    case .dropView(let name, let ifExists):
      let isThere = state.withLock { $0.views.removeValue(forKey: name.lowercased()) != nil }
      guard isThere || ifExists else { throw FlintError(.unknownName, "there is no view \(name)") }
      return texts([], [])
    case .explain(let query, let mode):
      return texts(["plan"], [[try await DataFrame(query, self).explained(isExtended: mode != .simple)]])
    case .set(let name, let value): return try setting(name, value)
    case .reset(let name):
      try state.withLock { (state) throws(FlintError) in try state.settings.reset(name) }
      return texts([], [])
    }
  }

  /// The rows of a view. That there is one is known when they are asked for.
  public func table(_ name: String) -> DataFrame {
    DataFrame(Query(.table(name.split(separator: ".").map(String.init))), self)
  }

  // MARK: Views and settings.

  /// Gives a view its name, in place of what had it.
  func replace(_ name: String, _ query: Query) { state.withLock { $0.views[name.lowercased()] = query } }

  func register(_ name: String, _ query: Query, replaces: Bool) throws(FlintError) {
    let isTaken = state.withLock { state in
      if state.views[name.lowercased()] != nil, !replaces { return true }
      state.views[name.lowercased()] = query
      return false
    }
    if isTaken {
      throw FlintError(
        .invalidQuery, "there is a view \(name)", remedy: "write CREATE OR REPLACE, or drop it before")
    }
  }

  var views: [String: Query] { state.withLock { $0.views } }
  var settings: SQLSettings { state.withLock { $0.settings } }
  /// Functions of the program by their names in lower case.
  var functions: [String: UserFunction] {
    get { state.withLock { $0.functions } }
    set { state.withLock { $0.functions = newValue } }
  }

  private func setting(_ name: String?, _ value: String?) throws(FlintError) -> DataFrame {
    if let name, let value {
      try state.withLock { (state) throws(FlintError) in try state.settings.set(name, value) }
    }
    let all = settings.all
    guard let name else { return texts(["key", "value"], all.map { [$0.name, $0.value] }) }
    return texts(["key", "value"], [[name, try settings.value(of: name)]])
  }

  /// A frame of texts.
  private func texts(_ columns: [String], _ rows: [[String]]) -> DataFrame {
    let values = rows.map { $0.map { Expression(.literal(.string($0))) } }
    guard !columns.isEmpty else {
      return DataFrame(Query(.limit(Query(.oneRow), count: Expression(.literal(.int32(0))), offset: nil)), self)
    }
    return DataFrame(Query(.alias(Query(.values(values)), "result", columns: columns)), self)
  }

  /// What plans are computed with.
  func kernels(_ zones: [String: ZoneRules]) -> Kernels {
    let settings = settings
    return Kernels(memory, rules: settings.rules, zone: zones[settings.zone] ?? .utc)
  }
}

extension SQLContext {
  /// By which rules tasks compute that use these time zones.
  func computing(_ zones: [String: ZoneRules]) -> ComputingSettings {
    let settings = settings
    return ComputingSettings(
      isANSI: settings.rules == .ansi, zone: settings.zone, zones: zones.keys.sorted(),
      partitionCount: settings.partitions, prefersMergeJoin: settings.prefersMergeJoin)
  }

  /// A plan as it will be computed with these kernels.
  func optimised(_ plan: LogicalPlan, _ kernels: Kernels, _ zones: [String: ZoneRules]) -> LogicalPlan {
    Optimiser(kernels, zones: zones, prefersMergeJoin: settings.prefersMergeJoin).optimised(plan)
  }
}

/// What a context remembers.
struct SQLState {
  var views: [String: Query] = [:]
  var functions: [String: UserFunction] = [:]
  var settings = SQLSettings()
}
