public import FlintCore
internal import FlintSystem

/// A node on this machine: a control loop, a loop for its blocks, task threads, and the context over them.
public final class LibuvNode: Sendable {
  /// What the node's code gets.
  public let context: NodeContext
  /// The control loop: what the context gives out as its executor.
  public let loop: EventLoop
  private let blocks: EventLoop
  private let tasks: TaskThreads

  /// Throws `too-many-open-files` or `resource-exhausted` when the process has no room for the node's threads.
  public init(
    name: String, taskThreadCount: Int = 2, logHandler: any LogHandler = MemoryLogHandler()
  ) throws(FlintError) {
    loop = try EventLoop(name: "flint-control")
    blocks = try EventLoop(name: "flint-blocks")
    tasks = try TaskThreads(count: taskThreadCount)
    context = try .system(
      name: name, network: try LibuvNetwork(loop: loop, blocks: blocks), control: loop, tasks: tasks,
      logHandler: logHandler)
  }

  /// Ends the node's threads; nothing of the node may run any more.
  public func shutdown() async {
    await tasks.shutdown()
    await loop.shutdown()
    await blocks.shutdown()
  }
}
