public import FlintCore
public import FlintLineage

/// What a session stands on: the driver, as the typed API knows it.
public protocol ApplicationRuntime: JobRunner {
  /// The driver's own seams.
  var context: NodeContext { get }
  /// The settings in effect.
  var configuration: Configuration { get }
  /// The limits in effect.
  var limits: Limits { get }
  /// How many partitions a dataset gets where nobody says otherwise: all task threads of all executors.
  var defaultParallelism: Int { get }
  /// What libraries above keep with the session.
  var attachments: SessionAttachments { get }

  /// A number for a new dataset.
  func nextDataset() -> DatasetID
  /// A number for a new exchange.
  func nextShuffle() -> ShuffleID

  /// Throws what ``JobRunner/submit(_:)`` would throw, and runs nothing.
  func validate(_ request: JobRequest) throws

  /// Nobody wants the dataset kept any more.
  func release(_ dataset: DatasetID)
  /// Nobody can ask for the exchange any more.
  func release(_ shuffle: ShuffleID)

  /// Gives `content` to every executor that asks for it, in pieces.
  func broadcast(_ content: [UInt8]) async throws -> BroadcastID
  /// Nobody will ask for the broadcast any more.
  func release(_ broadcast: BroadcastID)

  /// An output has its name: for who writes down what happens.
  func committed(_ output: String) async
  /// The processor time of all tries at tasks that have ended so far.
  func processorTime() async -> Duration

  /// A number for an accumulator; `merge` gets the update of each partition of a stage once, one after another.
  func registerAccumulator(_ merge: @escaping @Sendable ([UInt8]) -> Void) -> UInt64

  /// Ends all jobs, all executors and everything that belongs to the application. Returns when it is gone.
  func stop() async
}
