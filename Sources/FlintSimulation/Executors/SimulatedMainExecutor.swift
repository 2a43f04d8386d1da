@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

/// Stands for the main actor's executor.
final class SimulatedMainExecutor: MainExecutor, SchedulingExecutor, JobRunner {
  static let shared = SimulatedMainExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    Engine.current.enqueue(UnownedJob(job), on: self)
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    Engine.current.enqueueLater(UnownedJob(job), on: self, after: delay)
  }

  func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {
    Engine.current.enqueueLater(UnownedJob(job), on: self, after: clock.now.duration(to: instant))
  }

  func run(_ job: UnownedJob) {
    job.runSynchronously(on: asUnownedSerialExecutor())
  }

  func checkIsolated() {}
  func run() throws { preconditionFailure("the simulation's engine runs the main actor's jobs") }
  func stop() {}
}
