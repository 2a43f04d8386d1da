internal import CFlint
internal import FlintCore

/// The task threads for one try at a task. The thread that runs a job of it says so, for the case that the job traps.
final class MeteredTasks: TaskExecutor {
  private let threads: TaskThreads
  private let meter: TaskMeter

  init(_ threads: TaskThreads, _ meter: TaskMeter) {
    self.threads = threads
    self.meter = meter
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if let turn = TaskTurn.current, turn.keep(job, for: self) { return }
    queue(job)
  }

  /// Lets a job wait for its turn behind the others'.
  func queue(_ job: UnownedJob) { threads.enqueue(job, self) }

  /// Whether somebody waits for a thread.
  var othersWait: Bool { threads.hasWaiting }

  /// On one of the threads. Returns the processor time that it took, in nanoseconds.
  func run(_ job: UnownedJob) -> UInt64 {
    let attempt = meter.attempt
    flint_task_enter(
      attempt.task.stage.stage.rawValue, attempt.task.stage.number, attempt.task.partition.rawValue, attempt.number)
    job.runSynchronously(on: asUnownedTaskExecutor())
    // What waits may already go on elsewhere; the time is that of this thread alone.
    let time = flint_task_leave()
    meter.add(nanoseconds: time)
    return time
  }
}
