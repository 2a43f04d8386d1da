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
    threads.enqueue(UnownedJob(job), self)
  }

  /// On one of the threads.
  func run(_ job: UnownedJob) {
    let attempt = meter.attempt
    flint_task_enter(
      attempt.task.stage.stage.rawValue, attempt.task.stage.number, attempt.task.partition.rawValue, attempt.number)
    job.runSynchronously(on: asUnownedTaskExecutor())
    // What waits may already go on elsewhere; the time is that of this thread alone.
    meter.add(nanoseconds: flint_task_leave())
  }
}
