public import FlintCore

/// What a scenario's job runs on: executors, each alone on a node with a directory and a block service of its own.
public struct ClusterShape: Hashable, Sendable {
  /// Executors that are there; each that dies is followed by its next incarnation.
  public var executorCount: Int
  /// Task threads of each.
  public var taskThreads: Int
  /// Memory of each.
  public var memory: ByteCount
  /// Whether the driver is told of the end of an executor's process, with its cause, as it is under `local-cluster`. Else it
  /// has to notice by connections and heartbeats, and whoever started the process leaves it alone. Only a simulation can do
  /// without; real processes are always reported.
  public var reportsExits: Bool

  /// A cluster.
  public init(
    executorCount: Int = 2, taskThreads: Int = 1, memory: ByteCount = .mebibytes(512), reportsExits: Bool = true
  ) {
    self.executorCount = executorCount
    self.taskThreads = taskThreads
    self.memory = memory
    self.reportsExits = reportsExits
  }
}
