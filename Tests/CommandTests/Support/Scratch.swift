import FlintCore
import FlintSystem
import Glibc

/// A folder of one test, outside the repository; it is removed when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  let files: SystemFileSystem

  static func use<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/flint-command-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let scratch = Scratch(
      folder: FilePath(path), files: SystemFileSystem(threads: try FileThreads(count: 1)))
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(scratch)) } catch { outcome = .failure(error) }
    try await scratch.removeTree(scratch.folder)
    return try outcome.get()
  }

  func write(_ text: String, to path: FilePath) async throws {
    try await files.createDirectory(path.parent)
    let file = try await files.open(path, .createOrTruncate)
    try await file.write(Array(text.utf8), at: 0)
    try await file.close()
  }

  func read(_ path: FilePath) async throws -> String {
    let file = try await files.open(path, .read)
    let bytes = try await file.read(count: Int(try await file.size()), at: 0)
    try await file.close()
    return String(decoding: bytes, as: UTF8.self)
  }

  private func removeTree(_ path: FilePath) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await removeTree(path / name) }
    }
    try await files.remove(path)
  }
}
