/// Seam: where the code of one node runs.
public protocol Executors: Sendable {
  /// The control loop. Transport, schedulers and block manager live on it; nothing that runs here may block or compute
  /// for long. Actors take it as their executor through ``NodeContext/controlExecutor``.
  var control: any SerialExecutor & TaskExecutor { get }

  /// The task threads: one a core of the node. User code runs here and nowhere else.
  var tasks: any TaskExecutor { get }

  /// How many task threads there are; at least 1.
  var taskThreadCount: Int { get }
}
