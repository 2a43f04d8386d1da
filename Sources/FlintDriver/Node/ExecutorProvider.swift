public import FlintCore

/// Who starts the executors of an application, and ends those that are lost.
public protocol ExecutorProvider: Sendable {
  /// The application has something to run. Called before each job; does nothing when the executors are there or on their way.
  func start() async throws

  /// Where an executor runs, for the event log; nil where it has no process of its own.
  func whereabouts(of executor: ExecutorIncarnation) -> ExecutorWhereabouts?

  /// This life of an executor is over for the driver: its process must go, if it is still there, and another may come.
  func lost(_ executor: ExecutorIncarnation)

  /// How many tasks all executors together will ever run at once; nil when nobody can say.
  var slotCount: Int? { get }

  /// Whether the end of an executor's process is reported by ``DriverNode/executorExited(_:_:)``, with the reason: then a
  /// closed connection alone waits for it a little.
  var reportsExits: Bool { get }

  /// Fetches `range` of a block that an executor holds.
  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8]

  /// Nobody will read a shuffle any more: whoever serves the files of nodes lets go of its own.
  func discard(_ shuffle: ShuffleID)

  /// Ends all executors. Returns when they are gone.
  func stop() async
}

extension ExecutorProvider {
  /// Executors remove what there is.
  public func discard(_ shuffle: ShuffleID) {}

  /// Nowhere else.
  public func whereabouts(of _: ExecutorIncarnation) -> ExecutorWhereabouts? { nil }
}
