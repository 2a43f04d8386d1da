import BuiltPrograms
import FlintCore
import FlintSystem
import Synchronization
import Testing

/// A replica of the register as a process of this machine.
final class RegisterProcess: Sendable {
  let endpoint: Endpoint
  private let directory: FilePath
  private let process: Mutex<any LaunchedProcess>

  private init(_ process: any LaunchedProcess, directory: FilePath, endpoint: Endpoint) {
    self.process = Mutex(process)
    self.directory = directory
    self.endpoint = endpoint
  }

  /// Three replicas, each with a directory and a port of its own.
  static func startThree(in scratch: Scratch) async throws -> [RegisterProcess] {
    var replicas: [RegisterProcess] = []
    for number in 0..<3 {
      let directory = scratch["replica\(number)"]
      let (process, port) = try await launch(directory, port: 0)
      replicas.append(
        RegisterProcess(process, directory: directory, endpoint: .tcp(host: "127.0.0.1", port: port)))
    }
    return replicas
  }

  /// Starts it again after a death, at the same address.
  func start() async throws {
    guard case .tcp(_, let port) = endpoint else { return }
    let (new, _) = try await RegisterProcess.launch(directory, port: port)
    process.withLock { $0 = new }
  }

  /// SIGKILL, and its end.
  func kill() async throws {
    let process = process.withLock { $0 }
    process.send(.kill)
    #expect(try await process.exit() == .signalled(9))
  }

  /// SIGTERM, and an orderly end.
  func stop() async throws {
    let process = process.withLock { $0 }
    process.send(.terminate)
    #expect(try await process.exit() == .exited(0))
  }

  func pause() { process.withLock { $0.send(.stop) } }
  func resume() { process.withLock { $0.send(.resume) } }

  /// Returns once the replica has said where it listens.
  private static func launch(
    _ directory: FilePath, port: UInt16
  ) async throws -> (any LaunchedProcess, UInt16) {
    let program = try BuiltProgram("register-node").path()
    let process = try await Programs.launcher().launch(
      ProcessCommand(program, [directory.string, "\(port)"], output: .piped))
    var output = ""
    for try await chunk in process.output {
      output += String(decoding: chunk, as: UTF8.self)
      if output.hasSuffix("\n") { break }
    }
    guard let number = output.split(separator: ":").last, let port = UInt16(number.dropLast()) else {
      throw FlintError(.processLaunchFailed, "register-node said \"\(output)\"")
    }
    return (process, port)
  }
}
