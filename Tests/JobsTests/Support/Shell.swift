import FlintCore
import FlintSystem

/// Runs a script of the machine's own programs: the outside oracles of these tests.
enum Shell {
  /// The script's output; `arguments` are its $1, $2 and so on. Throws when it ends with anything but 0.
  static func run(_ script: String, _ arguments: [String], in folder: FilePath) async throws -> String {
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let process = try await launcher.launch(
      ProcessCommand(
        "/bin/bash", ["-c", "set -euo pipefail; \(script)", "bash"] + arguments,
        environment: ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"], workingDirectory: folder, output: .piped))
    var bytes: [UInt8] = []
    for try await chunk in process.output { bytes += chunk }
    let exit = try await process.exit()
    let text = String(decoding: bytes, as: UTF8.self)
    guard exit.isSuccess else { throw FlintError(.processLaunchFailed, "`\(script)` ended with \(exit): \(text)") }
    return text
  }
}
