public import FlintCore

/// What runs in a simulated process: it gets the process's context and how it was started, and returns the exit code.
/// A thrown error ends the process with exit code 1.
public typealias SimulatedProgram = @Sendable (NodeContext, ProgramStart) async throws -> Int32

/// How a simulated program was started, and its console.
public struct ProgramStart: Sendable {
  /// What follows the program's name on its command line.
  public let arguments: [String]
  /// All the variables that the launcher set.
  public let environment: [String: String]
  /// What the launcher writes to the program.
  public let input: AsyncStream<[UInt8]>
  private let console: Confined<ConsoleState>

  init(command: ProcessCommand, console: ConsoleState) {
    arguments = command.arguments
    environment = command.environment
    input = console.input
    self.console = Confined(console)
  }

  /// Writes to the program's standard output.
  public func write(_ bytes: [UInt8]) {
    console.value.print(bytes)
  }

  /// Writes to the program's standard error.
  public func writeError(_ bytes: [UInt8]) {
    console.value.printError(bytes)
  }
}
