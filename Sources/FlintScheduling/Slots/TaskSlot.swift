/// One of the places in which an executor runs a task. 32 bytes: a large cluster has tens of thousands, in no order of use.
struct TaskSlot: Sendable {
  /// Stands for no slot, no executor, no set.
  static let none = UInt32.max

  /// When its task was started, in nanoseconds.
  var startedAt: Int64 = 0
  /// The book of its task's set; none while it is free.
  var book = TaskSlot.none
  /// The task, as its set counts them.
  var task: UInt32 = 0
  /// Which try at the task.
  var attempt: UInt32 = 0
  /// Whose slot it is.
  let executor: UInt32
  /// The slot of another try at the same task; while it is free, the executor's next free slot.
  var next = TaskSlot.none
  /// Whether its task was told to end.
  var isBeingKilled = false

  init(executor: UInt32) {
    self.executor = executor
  }

  var isFree: Bool { book == TaskSlot.none }
}
