@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

/// Stands for the main actor's executor.
final class SimulatedMainExecutor: MainExecutor, SchedulingExecutor {
  static let shared = SimulatedMainExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    Simulation.engine.enqueue(UnownedJob(job), on: .main)
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    Simulation.engine.enqueueLater(UnownedJob(job), on: .main, after: delay)
  }

  func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {
    Simulation.engine.enqueueLater(UnownedJob(job), on: .main, after: clock.now.duration(to: instant))
  }

  func checkIsolated() {}
  func run() throws { preconditionFailure("the simulation's engine runs the main actor's jobs") }
  func stop() {}
}
