public import FlintCore

/// What has to be done so that the memory of an executor stays within its budget.
public enum MemoryAction: Hashable, Sendable {
  /// The request's memory belongs to its task now.
  case grant(MemoryRequest)
  /// The cache drops blocks of at least this size, none of which is being read, and tells of each.
  case evict(ByteCount)
  /// The task gives back at least this much by spilling, and asks again.
  case spill(MemoryRequest, ByteCount)
  /// The task fails: what it asks for is not there and will not be.
  case refuse(MemoryRequest, MemoryRefusal)
}

/// Why a task gets no memory, in numbers.
public struct MemoryRefusal: Hashable, Sendable {
  /// What the task holds.
  public let held: ByteCount
  /// What all tasks of the executor could have at most, beside the cache.
  public let available: ByteCount
  /// The executor's budget.
  public let limit: ByteCount
  /// How many tasks share it.
  public let taskCount: Int

  /// The refusal as the task's failure.
  public func error(_ request: MemoryRequest) -> FlintError {
    FlintError(
      .memoryBudgetExceeded, "\(request.task) needs \(request.size) more memory, and nothing is left to spill",
      why: "it holds \(held); \(taskCount) tasks share \(available) of the executor's \(limit)",
      remedy: "give executors more memory or fewer cores, or use more partitions")
  }
}
