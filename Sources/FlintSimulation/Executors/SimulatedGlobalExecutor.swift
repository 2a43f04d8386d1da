@_spi(ExperimentalCustomExecutors) @_spi(ExperimentalScheduling) internal import _Concurrency

/// Stands for Swift's global executor. Jobs belong to whoever enqueues them.
final class SimulatedGlobalExecutor: TaskExecutor, SchedulingExecutor {
  static let shared = SimulatedGlobalExecutor()

  func enqueue(_ job: consuming ExecutorJob) {
    Simulation.engine.enqueue(UnownedJob(job), on: .global)
  }

  func enqueue<C: Clock>(
    _ job: consuming ExecutorJob, after delay: C.Duration, tolerance: C.Duration?, clock: C
  ) {
    Simulation.engine.enqueueLater(UnownedJob(job), on: .global, after: delay)
  }

  func enqueue<C: Clock>(_ job: consuming ExecutorJob, at instant: C.Instant, tolerance: C.Duration?, clock: C) {
    Simulation.engine.enqueueLater(UnownedJob(job), on: .global, after: clock.now.duration(to: instant))
  }
}
