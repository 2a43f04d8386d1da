public import FlintCore
public import FlintLineage
public import FlintTasks
public import FlintWire

/// What the tasks of one executor share: its memory, its files, and the blocks that it has or can get.
public protocol TaskStores: Sendable {
  /// Bytes of the memory budget in use.
  var memoryUsed: UInt64 { get async }

  /// See ``FlintTasks/TaskContext/acquireMemory(_:spillable:)``.
  func acquireMemory(_ size: ByteCount, for task: TaskAttempt, spillable: ByteCount) async throws -> MemoryGrant
  /// Gives memory of `task` back.
  func releaseMemory(_ size: ByteCount, of task: TaskAttempt) async
  /// The process has too much memory: blocks that nobody reads leave it, about so much.
  func relieve(_ size: ByteCount) async
  /// A new file of the task of `context`.
  func makeSpillFile(for context: any TaskContext) async throws -> any SpillFile
  /// Nothing of `task` runs any more: its memory and its files are to be gone.
  func ended(_ task: TaskAttempt) async

  /// What `outputs` hold for the partition `reduce` of a shuffle's reader.
  func shuffleInput(
    _ shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs: [MapOutputEntry],
    for context: any TaskContext
  ) async throws -> any ShuffleInput
  /// Where the task of `context` puts its rows for `readerCount` readers.
  func mapOutput(
    _ shuffle: ShuffleID, readerCount: Int, for context: any TaskContext
  ) async throws -> any MapOutputWriting

  /// The rows of a partition that somebody keeps, or that this executor shall keep.
  func keptRows(_ kept: KeptPartition, for context: any TaskContext) async throws -> any RowStream
  /// Where the task of `context` puts a result that may be too long for a message, or for memory.
  func resultOutput(for context: any TaskContext) -> any ResultWriting
  /// Fetches what the broadcasts hold, from the driver or from other executors.
  func fill(_ broadcasts: [any PendingBroadcast]) async throws

  /// Notes what is stored and who holds something.
  func inspect(_ inspection: inout Inspection) async
  /// The driver needs these blocks no longer.
  func remove(_ blocks: [BlockID]) async
  /// The executor ends: everything that only it can use is removed.
  func close() async
}

extension TaskStores {
  /// Nothing that anybody could look at.
  public func inspect(_ inspection: inout Inspection) async {}
}

/// The output of a map task while it is written.
public protocol MapOutputWriting: ShuffleOutput {
  /// Makes it final, so that readers can have it. Nothing may be added any more.
  func finish() async throws -> MapOutputReport
  /// Removes what was written.
  func abandon() async
}

/// The result of a task while it is made.
public protocol ResultWriting: ResultOutput {
  /// Makes it final. Nothing may be added any more.
  func finish() async throws -> WrittenResult
  /// Removes what was written.
  func abandon() async
}

/// A result as the driver is told of it.
public enum WrittenResult: Hashable, Sendable {
  /// In the message itself.
  case bytes([UInt8])
  /// As a block, which the driver fetches.
  case block(byteCount: UInt64)
}

/// A partition of a dataset that is to be kept.
public struct KeptPartition: Sendable {
  /// The dataset.
  public let dataset: DatasetID
  /// Which partition.
  public let partition: PartitionID
  /// Where it is to be kept.
  public let level: StorageLevel
  /// Who has it already, as the driver says; nobody when it is to be computed. Rows that the executor finds by itself may
  /// be void.
  public let places: [BlockPlace]
  /// Its rows as bytes and back.
  public let codec: any BatchCodec
  /// Computes it.
  public let compute: @Sendable () async throws -> any RowStream
}
