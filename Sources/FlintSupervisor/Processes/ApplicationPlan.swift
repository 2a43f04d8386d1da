public import FlintCore

/// An application to be started, and what stands around it.
public struct ApplicationPlan: Sendable {
  /// The program's file.
  public var program: FilePath
  /// What it is told.
  public var arguments: [String]
  /// Where its jobs run.
  public var master: String
  /// Settings, `key=value` each.
  public var settings: [String]
  /// Variables beside those of the settings.
  public var environment: [String: String]
  /// Programs that start it, each with its arguments, the outermost first: `prlimit --nofile=64`.
  public var wrappers: [[String]]

  /// By default on two executors of one core.
  public init(
    _ program: FilePath, _ arguments: [String] = [], master: String = "local-cluster[2,1,1g]",
    settings: [String] = [], environment: [String: String] = [:], wrappers: [[String]] = []
  ) {
    self.program = program
    self.arguments = arguments
    self.master = master
    self.settings = settings
    self.environment = environment
    self.wrappers = wrappers
  }

  /// What is started first, with all that follows.
  var command: [String] { wrappers.flatMap(\.self) + [program.string] + arguments }
}
