public import FlintCore

/// The executors of a real node: a control loop from outside, which also drives the network, and task threads.
public struct SystemExecutors: Executors {
  /// The control loop that was handed in.
  public let control: any SerialExecutor & TaskExecutor
  /// The task threads that were handed in.
  public let tasks: any TaskExecutor
  /// How many task threads there are.
  public let taskThreadCount: Int

  /// Puts a control loop and task threads together. Their owner shuts them down.
  public init(control: any SerialExecutor & TaskExecutor, tasks: TaskThreads) {
    self.control = control
    self.tasks = tasks
    taskThreadCount = tasks.count
  }
}
