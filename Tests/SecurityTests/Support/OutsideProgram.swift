import FlintCore
import FlintSystem
import Glibc

/// A program of the machine that a test runs.
struct OutsideProgram {
  let exit: ProcessExit
  let output: String
  let errorOutput: String

  /// Runs `name`, found in the usual folders, to its end.
  @discardableResult
  static func run(_ name: String, _ arguments: [String]) async throws -> OutsideProgram {
    let process = try await launch(name, arguments)
    async let output = collect(process.output)
    async let errorOutput = collect(process.errorOutput)
    return OutsideProgram(exit: try await process.exit(), output: try await output, errorOutput: try await errorOutput)
  }

  /// Starts it with both outputs piped.
  static func launch(
    _ name: String, _ arguments: [String], pipesInput: Bool = false
  ) async throws -> any LaunchedProcess {
    let folders = ["/usr/local/bin", "/usr/bin", "/bin"]
    let found = name.hasPrefix("/") ? name : folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    guard let found else {
      throw FlintError(.fileNotFound, "there is no program \(name)", remedy: "run Scripts/setup")
    }
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    return try await launcher.launch(
      ProcessCommand(
        FilePath(found), arguments, environment: ["PATH": folders.joined(separator: ":")], output: .piped,
        errorOutput: .piped, pipesInput: pipesInput))
  }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
