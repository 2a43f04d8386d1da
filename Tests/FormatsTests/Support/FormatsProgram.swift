import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// Runs programs as children: the fuzzer, and Python with the oracles.
enum FormatsProgram {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  /// A script of this folder's, which drives formats-check. Both outputs come in one.
  static func python(_ script: String, _ arguments: [String]) async throws -> (exit: ProcessExit, output: String) {
    let program = try BuiltProgram("formats-check", .debug).path()
    let build = program.parent.parent.parent
    let path = build.parent / "Tests" / "FormatsTests" / "Python" / script
    return try await run(build / "test-venv" / "bin" / "python", ["-B", path.string, program.string] + arguments)
  }

  /// Runs a program to its end.
  static func run(
    _ program: FilePath, _ arguments: [String]
  ) async throws -> (exit: ProcessExit, output: String) {
    var command = ProcessCommand(program, arguments, output: .piped, errorOutput: .piped)
    // The leak check does not know the pointers of recursive enums, which carry marks. Column memory is counted anyway.
    command.environment = ["ASAN_OPTIONS": "detect_leaks=0"]
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = text(process.errorOutput)
    async let output = text(process.output)
    let all = try await output + errors
    return (try await process.exit(), all)
  }

  private static func text(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
