internal import FlintCore

/// Files as a store without care would use them: each bug drops one thing that the real one does.
struct CarelessFiles: FileSystem {
  enum Bug: String, CaseIterable {
    case skipSync = "skip-sync"
    case skipDirectorySync = "skip-directory-sync"
    case ignoreWriteErrors = "ignore-write-errors"

    var effect: String {
      switch self {
      case .skipSync: "a file is renamed before it is synced"
      case .skipDirectorySync: "a new name is acknowledged before its directory is synced"
      case .ignoreWriteErrors: "a write that failed counts as done"
      }
    }
  }

  let files: any FileSystem
  let bug: Bug

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    CarelessFile(file: try await files.open(path, mode), bug: bug)
  }

  func synchronizeDirectory(_ directory: FilePath) async throws {
    if bug != .skipDirectorySync { try await files.synchronizeDirectory(directory) }
  }

  func status(of path: FilePath) async throws -> FileStatus? { try await files.status(of: path) }
  func list(_ directory: FilePath) async throws -> [String] { try await files.list(directory) }
  func createDirectory(_ path: FilePath) async throws { try await files.createDirectory(path) }
  func remove(_ path: FilePath) async throws { try await files.remove(path) }
  func rename(_ source: FilePath, to destination: FilePath) async throws {
    try await files.rename(source, to: destination)
  }
  func exchange(_ first: FilePath, with second: FilePath) async throws { try await files.exchange(first, with: second) }
  func availableSpace(at path: FilePath) async throws -> ByteCount { try await files.availableSpace(at: path) }
}

private final class CarelessFile: OpenFile {
  private let file: any OpenFile
  private let bug: CarelessFiles.Bug

  init(file: any OpenFile, bug: CarelessFiles.Bug) {
    self.file = file
    self.bug = bug
  }

  var path: FilePath { file.path }

  func write(_ bytes: [UInt8], at offset: Int64) async throws {
    do {
      try await file.write(bytes, at: offset)
    } catch let error as FlintError where bug == .ignoreWriteErrors {
      _ = error
    }
  }

  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws {
    try await write(Array(slab.bytes[range]), at: offset)
  }

  func synchronize() async throws {
    if bug != .skipSync { try await file.synchronize() }
  }

  func read(count: Int, at offset: Int64) async throws -> [UInt8] { try await file.read(count: count, at: offset) }
  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int {
    try await file.read(into: slab, range: range, at: offset)
  }
  func size() async throws -> Int64 { try await file.size() }
  func truncate(to size: Int64) async throws { try await file.truncate(to: size) }
  func close() async throws { try await file.close() }
}
