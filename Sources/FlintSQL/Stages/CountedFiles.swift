internal import FlintCore
internal import FlintTasks

/// The files of an executor, whose bytes count as read by a task.
struct CountedFiles: FileSystem {
  let files: any FileSystem
  let counters: TaskCounters

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    let file = try await files.open(path, mode)
    return mode == .read ? CountedFile(file, counters) : file
  }

  func status(of path: FilePath) async throws -> FileStatus? { try await files.status(of: path) }
  func list(_ directory: FilePath) async throws -> [String] { try await files.list(directory) }
  func createDirectory(_ path: FilePath) async throws { try await files.createDirectory(path) }
  func remove(_ path: FilePath) async throws { try await files.remove(path) }
  func rename(_ source: FilePath, to destination: FilePath) async throws {
    try await files.rename(source, to: destination)
  }
  func exchange(_ first: FilePath, with second: FilePath) async throws {
    try await files.exchange(first, with: second)
  }
  func synchronizeDirectory(_ directory: FilePath) async throws { try await files.synchronizeDirectory(directory) }
  func availableSpace(at path: FilePath) async throws -> ByteCount { try await files.availableSpace(at: path) }
}

private final class CountedFile: OpenFile {
  private let file: any OpenFile
  private let counters: TaskCounters

  init(_ file: any OpenFile, _ counters: TaskCounters) {
    self.file = file
    self.counters = counters
  }

  var path: FilePath { file.path }

  func read(count: Int, at offset: Int64) async throws -> [UInt8] {
    let bytes = try await file.read(count: count, at: offset)
    counters.count { $0.bytesRead += UInt64(bytes.count) }
    return bytes
  }

  func read(into slab: Slab, range: Range<Int>, at offset: Int64) async throws -> Int {
    let count = try await file.read(into: slab, range: range, at: offset)
    counters.count { $0.bytesRead += UInt64(count) }
    return count
  }

  func write(_ bytes: [UInt8], at offset: Int64) async throws { try await file.write(bytes, at: offset) }
  func write(_ slab: Slab, range: Range<Int>, at offset: Int64) async throws {
    try await file.write(slab, range: range, at: offset)
  }
  func size() async throws -> Int64 { try await file.size() }
  func truncate(to size: Int64) async throws { try await file.truncate(to: size) }
  func synchronize() async throws { try await file.synchronize() }
  func close() async throws { try await file.close() }
}
