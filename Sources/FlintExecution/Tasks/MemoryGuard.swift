internal import FlintCore
internal import FlintStorage
internal import Synchronization

/// Looks at the memory of the executor's process when a task is between two batches, and does what the watch decides.
final class MemoryGuard: Sendable {
  /// What tasks and blocks have together.
  let budget: ByteCount
  /// Slabs between two tasks: the first memory that goes.
  let idleSlabs: IdleSlabs
  private let context: NodeContext
  private let interval: Int64
  private let isBlind: Bool
  private let watch: Mutex<MemoryWatch>
  /// When it is time to look again, in nanoseconds.
  private let due = Atomic<Int64>(.min)
  private let isPressed = Atomic<Bool>(false)
  private let relieve: @Sendable (ByteCount) -> Void
  /// Which part of the budget idle slabs may have beside it.
  private static let idleShare: Int64 = 2
  private static let mostIdle: ByteCount = .mebibytes(512)

  /// The guard of a process with this budget, which may have `beside` for other things than tasks and blocks.
  init(
    _ budget: ByteCount, beside: ByteCount, limits: Limits, context: NodeContext,
    relieve: @escaping @Sendable (ByteCount) -> Void
  ) {
    self.budget = budget
    idleSlabs = IdleSlabs(capacity: ByteCount(min(budget.bytes / Self.idleShare, Self.mostIdle.bytes)))
    self.context = context
    self.relieve = relieve
    interval = limits.memoryInterval.nanoseconds
    isBlind = context.executors.residentMemory == nil
    let limit = ByteCount(budget.bytes + beside.bytes + limits.memoryBeside.bytes)
    watch = Mutex(MemoryWatch(limit: limit, patience: limits.memoryPatience))
  }

  /// Whether tasks that could spill must.
  var isPressing: Bool { isPressed.load(ordering: .relaxed) }

  /// Looks, if it is time. Throws `memory-budget-exceeded` when `attempt` has to end for the process.
  func look(_ attempt: TaskAttempt) throws(FlintError) {
    guard !isBlind else { return }
    let (now, then) = (context.time.now.nanoseconds, due.load(ordering: .relaxed))
    guard now >= then,
      due.compareExchange(expected: then, desired: now + interval, ordering: .relaxed).exchanged,
      let resident = context.executors.residentMemory
    else { return }
    let action = watch.withLock { watch in
      defer { isPressed.store(watch.isPressing, ordering: .relaxed) }
      return watch.look(resident)
    }
    switch action {
    case nil: break
    case .relieve(let size):
      idleSlabs.trim()
      relieve(size)
      context.executors.trimMemory()
    case .fail(let excess): throw failure(attempt, resident, excess)
    }
  }

  private func failure(_ attempt: TaskAttempt, _ resident: ByteCount, _ excess: ByteCount) -> FlintError {
    FlintError(
      .memoryBudgetExceeded, "the executor of \(attempt) has \(resident) in memory, \(excess) more than it may",
      why: "its budget is \(budget), nothing is left to evict or to spill, and user code holds the rest",
      remedy: "let functions hold fewer rows at once, use more partitions, or give the executors more memory")
  }
}
