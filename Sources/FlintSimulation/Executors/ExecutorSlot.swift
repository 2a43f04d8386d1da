/// The executor that a job was enqueued on, in the form in which the engine runs it.
enum ExecutorSlot {
  /// Swift's global executor: default actors and tasks that prefer no other.
  case global
  /// The main actor's executor.
  case main
  /// An executor of a simulated process.
  case process(SimulatedExecutor)

  func run(_ job: UnownedJob) {
    switch self {
    case .global: job.runSynchronously(on: SimulatedGlobalExecutor.shared.asUnownedTaskExecutor())
    case .main: job.runSynchronously(on: SimulatedMainExecutor.shared.asUnownedSerialExecutor())
    case .process(let executor): executor.run(job)
    }
  }
}
