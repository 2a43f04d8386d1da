import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// A simulating program in one of its two builds. It runs as a child: a simulation takes over the process it lives in.
struct SimulationProgram: Sendable, CustomStringConvertible {
  struct Result: Sendable {
    let exit: ProcessExit
    let lines: [String]

    var lastLine: String { lines.last ?? "" }

    func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
  }

  let program: BuiltProgram

  init(_ name: String, _ build: BuiltProgram.Build) {
    program = BuiltProgram(name, build)
  }

  init(_ program: BuiltProgram) {
    self.program = program
  }

  var description: String { program.description }

  static let canaries = BuiltProgram.Build.allCases.map { SimulationProgram("simulation-canary", $0) }
  static let simulators = BuiltProgram.Build.allCases.map { SimulationProgram("simulate", $0) }

  /// Runs it to its end; its output and error text together.
  func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> Result {
    try await Self.run(ProcessCommand(try program.path(), arguments, output: .piped, errorOutput: .piped))
  }

  /// The same, with no more memory than that.
  func run(within memory: ByteCount, _ arguments: String...) async throws -> Result {
    let limited = ["--data=\(memory.bytes)", try program.path().string] + arguments
    return try await Self.run(ProcessCommand("/usr/bin/prlimit", limited, output: .piped, errorOutput: .piped))
  }

  private static func run(_ command: ProcessCommand) async throws -> Result {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let process = try await launcher.launch(command)
    async let errors = SimulationProgram.collect(process.errorOutput)
    let output = try await SimulationProgram.collect(process.output)
    let text = String(decoding: output + (try await errors), as: UTF8.self)
    return Result(exit: try await process.exit(), lines: text.split(separator: "\n").map(String.init))
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}

/// Sizes of the tests, by `Scripts/test`.
enum TestSize {
  static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"
}
