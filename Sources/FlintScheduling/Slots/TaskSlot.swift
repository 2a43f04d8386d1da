/// One of the places in which an executor runs a task. 16 bytes: a large cluster has tens of thousands, used in no order, and
/// they are to stay in the processor's cache.
struct TaskSlot: Sendable {
  /// Stands for no book.
  static let noBook = UInt32.max

  /// The book of its task's set; none while it is free.
  var book = TaskSlot.noBook
  /// The task, as its set counts them.
  var task: UInt32 = 0
  /// The slot of another try at the same task.
  var twin = SlotID.none
  /// Which try at the task; while the slot is free, the executor's next free one.
  var attempt: UInt16
  /// Whether its task was told to end.
  var isBeingKilled = false

  /// A free slot before another free one.
  init(nextFree: UInt16) {
    attempt = nextFree
  }

  var isFree: Bool { book == TaskSlot.noBook }
}
