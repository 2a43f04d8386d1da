import FlintCore
import FlintSystem
import TestFolders

/// A folder of one test, outside the repository; it is removed when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  let files: SystemFileSystem

  static func use<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
    try await TemporaryFolder.use { folder in
      try await body(Scratch(folder: folder, files: SystemFileSystem(threads: try FileThreads(count: 1))))
    }
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
}
