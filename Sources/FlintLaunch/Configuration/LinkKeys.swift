#if DEBUG
  public import FlintCore

  /// The settings that lead an application's links over sockets of a test, which can then delay, cut and damage what passes.
  /// Release builds do not know them.
  ///
  /// Each names a folder for one kind of link under `local-cluster`. Whoever dials such a link dials, below that folder,
  /// `<dialler>/<name>`: the dialler is `driver` or `e0`, `e1` and so on for an executor in any of its lives, and the name is
  /// that of the socket at the other end, `driver.sock`, `e0-0.sock` (executor 0, incarnation 0) or `n0.sock` (the service of
  /// node 0's files). The real socket has the same name in the one folder `flint-<driver's process>-*` below
  /// `flint.local.dir`. A socket that is missing refuses the dial, so nothing passes by a proxy unseen; a proxy therefore
  /// listens for the lives that may come. A path of a socket has at most 107 bytes.
  public struct LinkKeys: ConfigurationKeys {
    /// Tasks, their ends, heartbeats, and broadcasts.
    public let executorDriver = ConfigurationKey(
      "flint.test.link.executorDriver", default: "", "Where executors find their driver; straight where empty.")
    /// Map outputs, kept rows and broadcasts in memory.
    public let executorExecutor = ConfigurationKey(
      "flint.test.link.executorExecutor", default: "", "Where executors find each other; straight where empty.")
    /// Map outputs in files.
    public let executorNode = ConfigurationKey(
      "flint.test.link.executorNode", default: "", "Where executors find the files of nodes; straight where empty.")
    /// Long results.
    public let driverExecutor = ConfigurationKey(
      "flint.test.link.driverExecutor", default: "", "Where the driver fetches long results; straight where empty.")

    /// The group.
    public init() {}
  }
#endif
