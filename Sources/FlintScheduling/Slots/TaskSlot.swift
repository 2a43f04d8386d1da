/// One of the places in which an executor runs a task. 12 bytes: a large cluster has tens of thousands, used in no order, and
/// they are to stay in the processor's cache.
struct TaskSlot: Sendable {
  /// Stands for no book.
  static let noBook = UInt32.max
  /// The most tries that a task may have.
  static let attemptLimit = UInt16.max >> 1

  /// The book of its task's set; none while it is free.
  private(set) var book = TaskSlot.noBook
  /// The task, as its set counts them.
  private(set) var task: UInt32 = 0
  /// The number of the try and, in the highest bit, whether it was told to end; the executor's next free slot while it is free.
  private var number: UInt16

  /// A free slot before another free one.
  init(nextFree: UInt16) {
    number = nextFree
  }

  /// The slot of a try.
  init(book: Int, task: UInt32, attempt: UInt16) {
    self.book = UInt32(truncatingIfNeeded: book)
    self.task = task
    number = attempt
  }

  var isFree: Bool { book == TaskSlot.noBook }
  var nextFree: UInt16 { number }
  var attempt: UInt32 { UInt32(number & TaskSlot.attemptLimit) }

  var isBeingKilled: Bool {
    get { number > TaskSlot.attemptLimit }
    set { number = newValue ? number | ~TaskSlot.attemptLimit : number & TaskSlot.attemptLimit }
  }
}
