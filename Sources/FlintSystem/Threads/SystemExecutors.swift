public import FlintCore

/// The executors of a real node: a control loop from outside, which also drives the network, and task threads.
public struct SystemExecutors: Executors {
  public let control: any SerialExecutor & TaskExecutor
  public let tasks: any TaskExecutor
  public let taskThreadCount: Int

  public init(control: any SerialExecutor & TaskExecutor, tasks: TaskThreads) {
    self.control = control
    self.tasks = tasks
    taskThreadCount = tasks.count
  }
}
