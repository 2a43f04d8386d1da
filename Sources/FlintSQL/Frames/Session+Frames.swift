internal import FlintColumns
internal import FlintCore
public import FlintDatasets

extension Session {
  /// Reads files as data frames, whose rows this session's executors compute.
  public var read: DataFrameReader { frames.read }

  /// Does what a statement in SQL says, and gives the rows of its result. Nothing of a query is computed before its rows are
  /// asked for.
  ///
  /// Throws `invalid-query`, `unknown-name`, `ambiguous-name` and `type-mismatch` with the place in the text.
  public func sql(_ text: String) async throws -> DataFrame { try await frames.sql(text) }

  /// The rows of a view. That there is one is known when they are asked for.
  public func table(_ name: String) -> DataFrame { frames.table(name) }

  /// Lets SQL call a function of the program by a name, without regard to upper and lower case.
  public func register(_ name: String, _ function: UserColumn) throws { try frames.register(name, function) }

  /// The views and settings of this session.
  var frames: SQLContext {
    runtime.attachments.value(SQLContext.self) {
      SQLContext(over: self, memory: ColumnMemory(budget: MemoryBudget(limit: .gibibytes(64))))
    }
  }
}
