/// Everything of the world that a node may touch: its name and the six seams.
///
/// The code of a node gets one context and passes it on. Whether it is real or simulated nobody can tell, and nothing
/// outside the seams touches the world; so the simulation runs the product's own code.
///
/// An actor of the node lives on the control loop by naming it as its executor:
///
/// ```swift
/// actor BlockManager {
///   nonisolated let context: NodeContext
///   nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }
///
///   init(context: NodeContext) { self.context = context }
/// }
/// ```
public struct NodeContext: Sendable {
  /// The node's name, for logs, errors and simulated addresses.
  public let name: String
  /// Seam: byte streams to other nodes.
  public let network: any Network
  /// Seam: this node's files.
  public let files: any FileSystem
  /// Seam: this node's clocks.
  public let time: any TimeSource
  /// Seam: random choices.
  public let randomness: any Randomness
  /// Seam: where this node's code runs.
  public let executors: any Executors
  /// Seam: starting other programs.
  public let processes: any ProcessLauncher
  /// The node's log.
  public let log: Logger
  /// The control loop as an actor's executor.
  public let controlExecutor: UnownedSerialExecutor

  /// A context over the given seams, all of which belong to the node alone.
  public init(
    name: String, network: any Network, files: any FileSystem, time: any TimeSource, randomness: any Randomness,
    executors: any Executors, processes: any ProcessLauncher, log: Logger
  ) {
    self.name = name
    self.network = network
    self.files = files
    self.time = time
    self.randomness = randomness
    self.executors = executors
    self.processes = processes
    self.log = log
    controlExecutor = executors.control.asUnownedSerialExecutor()
  }
}
