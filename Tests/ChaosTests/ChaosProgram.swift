import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc

/// The program that breaks real processes, and what it printed.
struct ChaosProgram {
  let exit: ProcessExit
  let lines: [String]
  let errors: String

  /// Runs it in debug, where links can be rerouted.
  init(_ arguments: [String]) async throws {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let process = try await launcher.launch(
      ProcessCommand(
        BuiltProgram("chaos").path(), arguments, environment: ["PATH": path], output: .piped, errorOutput: .piped))
    let said = Task { try await Self.collect(process.errorOutput) }
    lines = try await Self.collect(process.output).split(separator: "\n").map { String($0) }
    exit = try await process.exit()
    errors = try await said.value
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
