import FlintCore
import FlintSystem
import Glibc

/// A folder of one test, which is removed when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  private let files: SystemFileSystem

  static func use<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/flint-compression-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    let path = FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
    let scratch = Scratch(folder: path, files: SystemFileSystem(threads: try FileThreads(count: 1)))
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(scratch)) } catch { outcome = .failure(error) }
    for name in try await scratch.files.list(path) { try await scratch.files.remove(path / name) }
    try await scratch.files.remove(path)
    return try outcome.get()
  }

  func write(_ bytes: [UInt8], _ name: String) async throws {
    let file = try await files.open(folder / name, .createNew)
    try await file.write(bytes, at: 0)
    try await file.close()
  }

  func read(_ name: String) async throws -> [UInt8] {
    try await files.readAll(folder / name, limit: .mebibytes(64))
  }
}
