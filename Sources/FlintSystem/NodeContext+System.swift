public import FlintCore

extension NodeContext {
  /// The context of a real node: this machine's files, clocks, randomness and processes, with a network and the control
  /// loop that drives it.
  ///
  /// Whoever calls this owns `control` and `tasks` and shuts them down when the node has ended. Throws
  /// `too-many-open-files` or `resource-exhausted` when the process has no room for the threads behind the seams.
  public static func system(
    name: String, network: any Network, control: any SerialExecutor & TaskExecutor, tasks: TaskThreads,
    fileThreadCount: Int = FileThreads.defaultCount, logHandler: any LogHandler, logLevel: LogLevel = .info
  ) throws(FlintError) -> NodeContext {
    let threads = try FileThreads(count: fileThreadCount)
    return NodeContext(
      name: name, network: network, files: SystemFileSystem(threads: threads), time: try SystemTime(),
      randomness: SystemRandomness(), executors: SystemExecutors(control: control, tasks: tasks),
      processes: try SystemProcessLauncher(threads: threads),
      log: Logger(label: name, level: logLevel, handler: logHandler))
  }
}
