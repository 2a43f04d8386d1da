internal import CFlint
public import FlintCore

/// The executors of a real node: a control loop from outside, which also drives the network, and task threads.
public struct SystemExecutors: Executors {
  /// The control loop that was handed in.
  public let control: any SerialExecutor & TaskExecutor
  /// The task threads that were handed in.
  public var tasks: any TaskExecutor { threads }
  /// How many task threads there are.
  public var taskThreadCount: Int { threads.count }
  private let threads: TaskThreads

  /// Puts a control loop and task threads together. Their owner shuts them down.
  public init(control: any SerialExecutor & TaskExecutor, tasks: TaskThreads) {
    self.control = control
    threads = tasks
  }

  /// The task threads, which know for whom they run.
  public func tasks(for meter: TaskMeter) -> any TaskExecutor { MeteredTasks(threads, meter) }

  /// The processor time of a try, as the thread that runs it asks for it.
  public func processorTime(of meter: TaskMeter) -> UInt64 { meter.nanoseconds + flint_task_nanoseconds() }

  /// What /proc says.
  public var residentMemory: ByteCount? {
    let bytes = flint_resident_bytes()
    return bytes < 0 ? nil : ByteCount(bytes)
  }

  /// Has the C library give back what it can.
  public func trimMemory() { flint_memory_trim() }
}
