import FlintCore
import FlintSystem
import TestFolders

/// A folder of one test, which is removed when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  private let files: SystemFileSystem

  static func use<Value>(_ body: (Scratch) async throws -> Value) async throws -> Value {
    try await TemporaryFolder.use { folder in
      try await body(Scratch(folder: folder, files: SystemFileSystem(threads: try FileThreads(count: 1))))
    }
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
