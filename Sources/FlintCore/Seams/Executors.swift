/// Seam: where the code of one node runs.
public protocol Executors: Sendable {
  /// The control loop. Transport, schedulers and block manager live on it; nothing that runs here may block or compute
  /// for long. Actors take it as their executor through ``NodeContext/controlExecutor``.
  var control: any SerialExecutor & TaskExecutor { get }

  /// The task threads: one a core of the node. User code runs here and nowhere else.
  var tasks: any TaskExecutor { get }

  /// How many task threads there are; at least 1.
  var taskThreadCount: Int { get }

  /// The task threads for one try at a task, whose time they add to `meter`. A crash of its code is known to be its own.
  func tasks(for meter: TaskMeter) -> any TaskExecutor

  /// The processor time of a try until now, in nanoseconds, as its own code asks for it; 0 where nobody can say.
  func processorTime(of meter: TaskMeter) -> UInt64

  /// The memory that the node's process has resident now; nil where nobody can say.
  var residentMemory: ByteCount? { get }

  /// Gives memory back to the system that the process holds and does not use.
  func trimMemory()
}

extension Executors {
  /// The task threads, which count nothing.
  public func tasks(for meter: TaskMeter) -> any TaskExecutor { tasks }

  /// Nobody can say.
  public func processorTime(of meter: TaskMeter) -> UInt64 { 0 }

  /// Nobody can say.
  public var residentMemory: ByteCount? { nil }

  /// Nothing.
  public func trimMemory() {}
}
