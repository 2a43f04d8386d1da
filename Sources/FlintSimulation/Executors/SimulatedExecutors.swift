internal import FlintCore

/// The Executors seam of a simulated process.
struct SimulatedExecutors: Executors {
  /// The control loop, on whose isolation the seams call back.
  let controlExecutor: SimulatedExecutor
  let tasks: any TaskExecutor
  let taskThreadCount: Int

  var control: any SerialExecutor & TaskExecutor { controlExecutor }

  init(engine: Engine, owner: Owner, taskThreadCount: Int) {
    controlExecutor = SimulatedExecutor(engine: engine, owner: owner, isLoop: true)
    tasks = SimulatedExecutor(engine: engine, owner: owner, isLoop: false)
    self.taskThreadCount = taskThreadCount
  }
}
