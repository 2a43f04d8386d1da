import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// Runs programs as children: the fuzzer, and the oracles, which are the formats' own commands and Python with pyarrow.
enum CompressionProgram {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  static func python(_ script: String, _ arguments: [String]) async throws -> (exit: ProcessExit, output: [UInt8]) {
    let build = try BuiltProgram("compression-fuzz", .debug).path().parent.parent.parent
    return try await run(build / "test-venv" / "bin" / "python", ["-c", script] + arguments)
  }

  /// Runs a program to its end; its output and its error output come in one.
  static func run(
    _ program: FilePath, _ arguments: [String]
  ) async throws -> (exit: ProcessExit, output: [UInt8]) {
    let command = ProcessCommand(program, arguments, output: .piped, errorOutput: .piped)
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = collect(process.errorOutput)
    async let output = collect(process.output)
    let bytes = try await output + errors
    return (try await process.exit(), bytes)
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}
