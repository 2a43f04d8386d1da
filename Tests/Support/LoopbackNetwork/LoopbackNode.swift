public import FlintCore
internal import FlintSystem

/// A node on the real seams with the loopback network: a control loop, task threads, and the context over them.
public final class LoopbackNode: Sendable {
  /// What the node's code gets.
  public let context: NodeContext
  private let loop: LoopbackLoop
  private let tasks: TaskThreads

  /// Throws `too-many-open-files` or `resource-exhausted` when the process has no room for the node's threads.
  public init(name: String, logHandler: any LogHandler = MemoryLogHandler()) throws(FlintError) {
    loop = try LoopbackLoop()
    tasks = try TaskThreads(count: 2)
    context = try .system(
      name: name, network: try LoopbackNetwork(loop: loop), control: loop, tasks: tasks, logHandler: logHandler)
  }

  /// Ends the node's threads; nothing of the node may run any more.
  public func shutdown() async {
    await tasks.shutdown()
    await loop.shutdown()
  }
}
