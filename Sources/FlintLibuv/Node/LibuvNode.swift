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

  /// - Parameters:
  ///   - security: How this node and its peers know each other; nil for plain sockets, over which nothing is known of
  ///     TCP's peers.
  ///
  /// Throws `too-many-open-files` or `resource-exhausted` when the process has no room for the node's threads, and what
  /// reading the files of `security` throws.
  public init(
    name: String, taskThreadCount: Int = 2, logHandler: any LogHandler = MemoryLogHandler(),
    logLevel: LogLevel = .info,
    security: TransportSecurity? = nil, limits: Limits = Limits()
  ) throws(FlintError) {
    loop = try EventLoop(name: "flint-control")
    blocks = try EventLoop(name: "flint-blocks")
    tasks = try TaskThreads(count: taskThreadCount)
    let sockets = try LibuvNetwork(loop: loop, blocks: blocks)
    let network: any Network =
      if let security {
        try SecuredNetwork(over: sockets, security, log: Logger(label: name, handler: logHandler), limits: limits)
      } else {
        sockets
      }
    context = try .system(
      name: name, network: network, control: loop, tasks: tasks, logHandler: logHandler, logLevel: logLevel)
  }

  /// Ends the node's threads; nothing of the node may run any more.
  public func shutdown() async {
    await tasks.shutdown()
    await loop.shutdown()
    await blocks.shutdown()
  }
}
