import FlintCore
import FlintSystem
import Glibc
import Testing

/// A simulating program in one of its two builds. It runs as a child: a simulation takes over the process it lives in.
struct SimulationProgram: Sendable, CustomTestStringConvertible {
  enum Build: String, Sendable, CaseIterable { case debug, release }

  struct Result: Sendable {
    let exit: ProcessExit
    let lines: [String]

    var lastLine: String { lines.last ?? "" }

    func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }
  }

  let name: String
  let build: Build

  var testDescription: String { "\(name), \(build.rawValue)" }

  static let canaries = Build.allCases.map { SimulationProgram(name: "simulation-canary", build: $0) }
  static let simulators = Build.allCases.map { SimulationProgram(name: "simulate", build: $0) }

  /// Runs it to its end; its output and error text together.
  func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> Result {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let process = try await launcher.launch(
      ProcessCommand(try path(), arguments, output: .piped, errorOutput: .piped))
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

  /// `Scripts/test` says where the builds are; beside a debug build of the tests stands that of the program.
  private func path() throws -> FilePath {
    let variable = build == .debug ? "FLINT_DEBUG_BIN" : "FLINT_RELEASE_BIN"
    guard let folder = getenv(variable) else {
      throw FlintError(
        .fileNotFound, "no \(build.rawValue) build of \(name)", why: "\(variable) is not set",
        remedy: "run the tests by Scripts/test, which builds it")
    }
    return FilePath(String(cString: folder)) / name
  }
}

/// Sizes of the tests, by `Scripts/test`.
enum TestSize {
  static let isFull = getenv("FLINT_TEST_SIZE").map { String(cString: $0) } == "full"
}
