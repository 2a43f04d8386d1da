import FlintCore
import Testing

/// The outside program that misbehaves, and openssl's own client.
enum HostilePeer {
  private static let script = FilePath(#filePath).parent.parent.parent / "Support" / "HostilePeer" / "hostile.py"

  /// What the program saw in the end: "closed" or "open".
  static func run(_ scenario: String, _ port: UInt16, _ arguments: [String] = []) async throws -> String {
    let run = try await OutsideProgram.run("python3", [script.string, scenario, "\(port)"] + arguments)
    guard run.exit.isSuccess else {
      throw FlintError(.processLaunchFailed, "hostile.py \(scenario) failed", why: run.errorOutput)
    }
    return run.output.split(separator: "\n").last.map(String.init) ?? ""
  }

  static func launch(_ scenario: String, _ port: UInt16, _ arguments: [String] = []) async throws
    -> any LaunchedProcess
  {
    try await OutsideProgram.launch(
      "python3", [script.string, scenario, "\(port)"] + arguments, pipesInput: true)
  }

  /// Runs `openssl s_client`, which sends `text` and prints what it gets back.
  static func sslClient(_ port: UInt16, _ arguments: [String], sending text: String = "") async throws -> String {
    let process = try await OutsideProgram.launch(
      "openssl", ["s_client", "-connect", "127.0.0.1:\(port)", "-quiet", "-no_ign_eof"] + arguments,
      pipesInput: true)
    // A client that was refused no longer reads.
    try? await process.write(Array(text.utf8))
    if text.isEmpty { await process.finishInput() }
    var output = ""
    for try await chunk in process.output {
      output += String(decoding: chunk, as: UTF8.self)
      if !text.isEmpty && output.contains(text) { break }
    }
    await process.finishInput()
    _ = try await process.exit()
    return output
  }
}
