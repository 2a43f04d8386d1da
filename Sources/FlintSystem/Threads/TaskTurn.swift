internal import CFlint

/// What a task thread runs now. Only the thread itself looks at it.
///
/// A try at a task that steps from one actor to another leaves a job behind for each step. The thread keeps that job and runs
/// it next: through the queue it would wake another thread, and the rows would move to that one's processor. So what a try
/// starts beside itself begins when the job that started it ends or waits, even if threads are idle.
final class TaskTurn {
  private var executor: MeteredTasks?
  private var kept: UnownedJob?

  /// Processor time, in nanoseconds, and jobs after which others that wait are let in.
  private static let (longest, most): (UInt64, Int) = (5_000_000, 1000)

  /// That of the calling thread; nil on a thread that runs no tasks.
  static var current: TaskTurn? {
    flint_thread_mark().map { Unmanaged<TaskTurn>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Calls `body` with the turns of the calling thread.
  static func with(_ body: (TaskTurn) -> Void) {
    let turn = TaskTurn()
    flint_thread_set_mark(Unmanaged.passUnretained(turn).toOpaque())
    body(turn)
    flint_thread_set_mark(nil)
  }

  /// Keeps a job for when the present one ends or waits. False when the thread runs for somebody else, or has one already.
  func keep(_ job: UnownedJob, for other: MeteredTasks) -> Bool {
    guard executor === other, kept == nil else { return false }
    kept = job
    return true
  }

  /// Runs a job, and those that it leaves behind.
  func run(_ first: UnownedJob, of executor: MeteredTasks) {
    self.executor = executor
    defer { self.executor = nil }
    var (job, time, count): (UnownedJob, UInt64, Int) = (first, 0, 0)
    while true {
      time += executor.run(job)
      count += 1
      guard let next = kept.take() else { return }
      job = next
      guard time > Self.longest || count == Self.most else { continue }
      if executor.othersWait { return executor.queue(job) }
      (time, count) = (0, 0)
    }
  }
}
