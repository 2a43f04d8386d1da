public import FlintCore

/// What a running task has of its executor. One for each try at a task; used by that task alone.
///
/// Every call that waits ends with an error when the try is killed.
public protocol TaskContext: AnyObject, Sendable {
  /// Which try this is.
  var attempt: TaskAttempt { get }
  /// For which job.
  var job: JobID { get }
  /// The limits in effect.
  var limits: Limits { get }
  /// The executor's files, for sources and sinks.
  var files: any FileSystem { get }
  /// The executor's log.
  var log: Logger { get }
  /// What the task has read and written so far.
  var counters: TaskCounters { get }

  /// Throws `CancellationError` when the try was told to end. Streams call it before each batch.
  func checkCancellation() throws

  /// What the driver sent for this partition of a dataset alone. Throws `corrupt-data` when there is none.
  func partitionData(of dataset: DatasetID, _ partition: PartitionID) throws -> [UInt8]

  /// Asks for `size` more of the executor's memory, of which the task could give back `spillable` by spilling. Waits for
  /// others where it may. Throws `memory-budget-exceeded` when there is none.
  func acquireMemory(_ size: ByteCount, spillable: ByteCount) async throws -> MemoryGrant

  /// What all tasks of the executor and what it keeps have together.
  var memoryLimit: ByteCount { get }

  /// Slabs that other tasks of the executor left, and to which this one leaves its own.
  var idleSlabs: IdleSlabs { get }

  /// Gives memory back.
  func releaseMemory(_ size: ByteCount) async

  /// A new file of the task's own, which is gone when the task ends, however that is.
  func makeSpillFile() async throws -> any SpillFile

  /// The rows that `partition` of the shuffle's reader gets. That is the partition which the operator was opened for: in a
  /// union or behind a coalesce it is not the task's own.
  func shuffleInput(_ shuffle: ShuffleID, _ partition: PartitionID) async throws -> any ShuffleInput

  /// Asks whether this try may commit its output. Throws when another one has the partition.
  func askToCommit() async throws

  /// Adds to an accumulator; the update counts when this try is the one that counts.
  func accumulate(_ accumulator: UInt64, _ update: any AccumulatorUpdate)

  /// Says that a function of the user's begins to run, such as that of `map`, so that a crash can name it. Called for each batch.
  func enter(_ operation: String, at location: SourceLocation)
}

extension TaskContext {
  /// Nothing.
  public func enter(_ operation: String, at location: SourceLocation) {}

  /// The rows that the task's own partition gets.
  public func shuffleInput(_ shuffle: ShuffleID) async throws -> any ShuffleInput {
    try await shuffleInput(shuffle, attempt.task.partition)
  }
}

/// The answer to a task that asks for memory.
public enum MemoryGrant: Hashable, Sendable {
  /// The memory is the task's.
  case granted
  /// It has to give back at least so much by spilling, and ask again.
  case mustSpill(ByteCount)
}

/// The context of the task that runs now.
public enum CurrentTask {
  /// Set while a task runs; nil on the driver.
  @TaskLocal public static var context: (any TaskContext)?
}
