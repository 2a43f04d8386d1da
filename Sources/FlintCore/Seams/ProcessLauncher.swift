/// Seam: starting other programs.
public protocol ProcessLauncher: Sendable {
  /// Starts `command` without a shell. Throws `process-launch-failed` with the system's reason.
  func launch(_ command: ProcessCommand) async throws -> any LaunchedProcess

  /// The requests to end that reach this process itself, ``ProcessSignal/terminate`` and ``ProcessSignal/interrupt``, as
  /// they arrive. Each stream gets each of them; until all streams have ended they no longer end the process by
  /// themselves.
  ///
  /// Throws `too-many-open-files` or `resource-exhausted` when the process has no room to listen.
  func endRequests() throws -> AsyncStream<ProcessSignal>
}

/// What to start and with what.
public struct ProcessCommand: Sendable {
  /// Where the child's output and error text go.
  public enum Output: Hashable, Sendable {
    /// To the same place as this process's.
    case inherited
    /// Nowhere.
    case discarded
    /// To the end of a file, created with access for its owner only.
    case appended(FilePath)
    /// To the parent, who reads ``LaunchedProcess/output``.
    case piped
  }

  /// The program's file; no search in PATH.
  public var executable: FilePath
  /// What the program is told to be called; nil for the path of its file.
  public var name: String?
  /// Arguments after the program's own name. They can be read by every user of the machine: no secrets.
  public var arguments: [String]
  /// The whole environment of the child; nothing is inherited.
  public var environment: [String: String]
  /// Where the child starts; nil for this process's own directory.
  public var workingDirectory: FilePath?
  /// Where its standard output goes.
  public var output: Output
  /// Where its standard error goes.
  public var errorOutput: Output
  /// Whether the parent writes the child's standard input; otherwise it is empty.
  public var pipesInput: Bool
  /// Whether the child leads a process group of its own, so that Control-C at the terminal does not reach it.
  public var hasOwnGroup: Bool

  /// A command; by default with an empty environment, an empty input, and this process's outputs.
  public init(
    _ executable: FilePath, _ arguments: [String] = [], environment: [String: String] = [:],
    workingDirectory: FilePath? = nil, output: Output = .inherited, errorOutput: Output = .inherited,
    pipesInput: Bool = false, hasOwnGroup: Bool = false
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.workingDirectory = workingDirectory
    self.output = output
    self.errorOutput = errorOutput
    self.pipesInput = pipesInput
    self.hasOwnGroup = hasOwnGroup
  }
}
