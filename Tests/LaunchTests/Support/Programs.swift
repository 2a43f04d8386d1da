import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// How a program of this package ended, and what it printed.
struct ProgramRun {
  let exit: ProcessExit
  let output: String
  let errorOutput: String

  /// Runs the program to its end.
  static func run(
    _ name: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    let process = try await launch(name, arguments, environment: environment)
    async let output = collect(process.output)
    async let errorOutput = collect(process.errorOutput)
    return ProgramRun(exit: try await process.exit(), output: try await output, errorOutput: try await errorOutput)
  }

  /// Starts the program with both outputs piped.
  static func launch(
    _ name: String, _ arguments: [String], environment: [String: String] = [:], pipesInput: Bool = false
  ) async throws -> any LaunchedProcess {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    return try await launcher.launch(
      ProcessCommand(
        try BuiltProgram(name).path(), arguments, environment: environment, output: .piped, errorOutput: .piped,
        pipesInput: pipesInput))
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
