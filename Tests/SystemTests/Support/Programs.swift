import FlintCore
import FlintSystem
import Glibc

/// Lets another thread run.
func giveWay() { sched_yield() }

/// Runs programs of the machine: the outside oracles of these tests.
enum Programs {
  static func launcher() throws -> SystemProcessLauncher {
    try SystemProcessLauncher(threads: try FileThreads(count: 1))
  }

  /// A shell that runs `script`, with what follows as $1, $2 ...
  static func shell(_ script: String, _ arguments: [String] = []) -> ProcessCommand {
    ProcessCommand("/bin/sh", ["-c", script, "sh"] + arguments, environment: ["PATH": "/usr/bin:/bin"])
  }

  /// Runs `command` to its end and returns how that was, and its whole output.
  static func run(_ command: ProcessCommand) async throws -> (exit: ProcessExit, output: String) {
    var command = command
    command.output = .piped
    let process = try await launcher().launch(command)
    let output = try await collect(process.output)
    return (try await process.exit(), String(decoding: output, as: UTF8.self))
  }

  static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}
