/// One executor of a simulated process: its control loop, or its task threads.
///
/// A hop onto it is always a scheduling point, whereas an idle default actor is entered without one; so the product's
/// actors meet more orders here than on their real loop.
final class SimulatedExecutor: SerialExecutor, TaskExecutor, JobRunner {
  private let engine: Confined<Engine>
  private let owner: Owner
  /// Whether jobs run isolated to this executor, as on a loop, or just prefer it, as on a pool of threads.
  private let isLoop: Bool

  init(engine: Engine, owner: Owner, isLoop: Bool) {
    self.engine = Confined(engine)
    self.owner = owner
    self.isLoop = isLoop
  }

  func enqueue(_ job: consuming ExecutorJob) {
    engine.value.enqueue(UnownedJob(job), on: self, owner: owner)
  }

  func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
  func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

  func run(_ job: UnownedJob) {
    if isLoop {
      job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
    } else {
      job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  func isIsolatingCurrentContext() -> Bool? {
    isLoop && engine.value.isolation === self
  }

  func checkIsolated() {
    precondition(isIsolatingCurrentContext() == true, "not on this process's control loop")
  }
}
