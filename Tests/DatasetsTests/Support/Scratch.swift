import DirectRuntime
import FlintCore
import FlintDatasets
import Glibc
import Testing

/// A folder of one test and a session over a runtime of its own; both are gone when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  let flint: Session
  let runtime: DirectRuntime

  static func use(
    limits: Limits = Limits(), defaultParallelism: Int = 3, afterTask: DirectHook? = nil,
    _ body: (Scratch) async throws -> Void
  ) async throws {
    var template = Array("/tmp/flint-datasets-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    let folder = FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    try await DirectRuntime.use(
      limits: limits, defaultParallelism: defaultParallelism, afterTask: afterTask
    ) { flint, runtime in
      let scratch = Scratch(folder: folder, flint: flint, runtime: runtime)
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(scratch)) } catch { outcome = .failure(error) }
      try await scratch.removeTree(folder)
      try outcome.get()
    }
  }

  private var files: any FileSystem { runtime.context.files }

  /// The path of a name in the folder.
  func path(_ name: String) -> String { (folder / name).string }

  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) async throws -> String {
    try await files.createDirectory((folder / name).parent)
    let file = try await files.open(folder / name, .createNew)
    try await file.write(bytes, at: 0)
    try await file.close()
    return path(name)
  }

  @discardableResult
  func write(_ name: String, _ text: String) async throws -> String { try await write(name, Array(text.utf8)) }

  func read(_ name: String) async throws -> [UInt8] {
    try await files.readAll(folder / name, limit: .mebibytes(256))
  }

  func text(_ name: String) async throws -> String { String(decoding: try await read(name), as: UTF8.self) }

  /// The names in a folder below, hidden ones too.
  func names(_ name: String = ".") async throws -> [String] { try await files.list(folder / name) }

  /// What a command of the machine writes, with the folder as its last word's directory.
  func run(_ command: String, _ arguments: [String]) async throws -> [UInt8] {
    let process = try await runtime.context.processes.launch(
      ProcessCommand(
        FilePath(command), arguments, environment: ["LC_ALL": "C", "PATH": "/usr/bin:/bin"], output: .piped))
    var output: [UInt8] = []
    for try await chunk in process.output { output += chunk }
    let exit = try await process.exit()
    guard exit == .exited(0) else { throw FlintError(.inputOutput, "\(command) ended with \(exit)") }
    return output
  }

  private func removeTree(_ path: FilePath) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await removeTree(path / name) }
    }
    try await files.remove(path)
  }
}
