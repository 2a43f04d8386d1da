import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// Runs programs as children: those of the layouts in both builds, and Python with the oracles.
enum LayoutProgram {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  struct Result: Sendable {
    let exit: ProcessExit
    let lines: [String]
  }

  static func run(_ program: BuiltProgram, _ arguments: String...) async throws -> Result {
    try await run(ProcessCommand(try program.path(), arguments))
  }

  /// A program built under AddressSanitizer, which only the full sizes build.
  static func runSanitized(_ name: String, _ arguments: String...) async throws -> Result {
    let built = try BuiltProgram("layout-check", .debug).path().parent.parent.parent
    var command = ProcessCommand(built / "sanitized" / "release" / name, arguments)
    // Where the symbolizer is, without which the leak check knows no names.
    command.environment = ["PATH": getenv("PATH").map { String(cString: $0) } ?? ""]
    return try await run(command)
  }

  /// Runs a Python script that has pyarrow, with bytes on its standard input.
  static func python(_ script: String, input: [UInt8]) async throws -> Result {
    let build = try BuiltProgram("layout-check", .debug).path().parent.parent.parent
    var command = ProcessCommand(build / "test-venv" / "bin" / "python", ["-c", script])
    command.pipesInput = true
    return try await run(command, input: input)
  }

  private static func run(_ command: ProcessCommand, input: [UInt8] = []) async throws -> Result {
    var command = command
    command.output = .piped
    command.errorOutput = .piped
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = collect(process.errorOutput)
    async let output = collect(process.output)
    if command.pipesInput {
      try await process.write(input)
      await process.finishInput()
    }
    let text = String(decoding: try await output + errors, as: UTF8.self)
    return Result(exit: try await process.exit(), lines: text.split(separator: "\n").map(String.init))
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}
