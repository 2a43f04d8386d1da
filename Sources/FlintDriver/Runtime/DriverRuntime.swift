public import FlintCore
public import FlintDatasets
public import FlintLineage

/// The driver as the typed API knows it.
public final class DriverRuntime: ApplicationRuntime {
  /// The driver's own seams.
  public let context: NodeContext
  /// The settings in effect.
  public let configuration: Configuration
  /// The limits in effect.
  public let limits: Limits
  /// How many partitions a dataset gets where nobody says otherwise.
  public let defaultParallelism: Int
  /// What libraries above keep with the session.
  public let attachments = SessionAttachments()

  /// The driver's node.
  let node: DriverNode
  private let datasets = IdentifierGenerator<DatasetID>()
  private let shuffles = IdentifierGenerator<ShuffleID>()
  private let accumulators = IdentifierGenerator<AccumulatorID>()
  private let broadcasts: BroadcastStore
  private let whenStopped: @Sendable () async -> Void

  /// A runtime over `node`; `whenStopped` ends what is below it.
  package init(
    _ node: DriverNode, configuration: Configuration, defaultParallelism: Int, broadcasts: BroadcastStore,
    whenStopped: @escaping @Sendable () async -> Void
  ) {
    context = node.context
    self.configuration = configuration
    limits = node.limits
    self.defaultParallelism = defaultParallelism
    self.node = node
    self.broadcasts = broadcasts
    self.whenStopped = whenStopped
  }

  /// Starts a job.
  public func submit(_ request: JobRequest) async throws -> any JobHandle {
    DriverJob(try await node.submit(request), node)
  }

  /// Throws what ``submit(_:)`` would throw, and runs nothing.
  public func validate(_ request: JobRequest) throws {
    _ = try StagePrograms.make(request, known: [], limits: limits)
  }

  /// A number for a new dataset.
  public func nextDataset() -> DatasetID { datasets.next() }

  /// A number for a new exchange.
  public func nextShuffle() -> ShuffleID { shuffles.next() }

  /// Nobody wants the dataset kept any more.
  public func release(_ dataset: DatasetID) {
    onNode { $0.release(dataset) }
  }

  /// Nobody can ask for the exchange any more.
  public func release(_ shuffle: ShuffleID) {
    onNode { $0.release(shuffle) }
  }

  /// Gives `content` to every executor that asks for it, in pieces.
  public func broadcast(_ content: [UInt8]) async throws -> BroadcastID { await broadcasts.add(content) }

  /// Nobody will ask for the broadcast any more.
  public func release(_ broadcast: BroadcastID) {
    let broadcasts = broadcasts
    onNode { node in
      Task(executorPreference: node.context.executors.control) { await node.forget(await broadcasts.remove(broadcast)) }
    }
  }

  /// An output has its name.
  public func committed(_ output: String) async { await node.committed(output) }

  /// The processor time of all tries at tasks that have ended so far.
  public func processorTime() async -> Duration { await node.processorTime }

  /// A number for an accumulator.
  public func registerAccumulator(_ merge: @escaping @Sendable ([UInt8]) -> Void) -> UInt64 {
    let id = accumulators.next().rawValue
    onNode { $0.register(id, merge) }
    return id
  }

  /// Ends all jobs, all executors and everything that belongs to the application.
  public func stop() async { await whenStopped() }

  private func onNode(_ body: @escaping @Sendable (isolated DriverNode) -> Void) {
    let node = node
    Task(executorPreference: context.executors.control) { await body(node) }
  }
}

/// An accumulator, as the driver numbers them.
private struct AccumulatorID: Identifier {
  static let noun = "accumulator"
  let rawValue: UInt64
}
