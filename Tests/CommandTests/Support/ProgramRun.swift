import BuiltPrograms
import FlintCore
import FlintSystem

/// How a program ended, and what it printed.
struct ProgramRun {
  let exit: ProcessExit
  let output: String
  let errorOutput: String

  /// Runs the `flint` program in `folder`.
  static func flint(
    _ arguments: [String], in folder: FilePath, environment: [String: String] = [:]
  ) async throws -> ProgramRun {
    try await run(try BuiltProgram("flint").path(), arguments, in: folder, environment: environment)
  }

  /// Runs a program to its end.
  static func run(
    _ program: FilePath, _ arguments: [String], in folder: FilePath, environment: [String: String]
  ) async throws -> ProgramRun {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let process = try await launcher.launch(
      ProcessCommand(
        program, arguments, environment: environment, workingDirectory: folder, output: .piped, errorOutput: .piped))
    async let output = collect(process.output)
    async let errorOutput = collect(process.errorOutput)
    return ProgramRun(exit: try await process.exit(), output: try await output, errorOutput: try await errorOutput)
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
