internal import FlintCore

/// The FileSystem seam of a process whose host shares a disk with others: what lies below one path is there, the rest is on
/// its own disk.
struct SharedFileSystem: FileSystem {
  let own: SimulatedFileSystem
  let shared: SimulatedFileSystem
  let path: FilePath

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    try await disk(path).open(path, mode)
  }

  func status(of path: FilePath) async throws -> FileStatus? { try await disk(path).status(of: path) }

  func list(_ directory: FilePath) async throws -> [String] { try await disk(directory).list(directory) }

  func createDirectory(_ path: FilePath) async throws { try await disk(path).createDirectory(path) }

  func remove(_ path: FilePath) async throws { try await disk(path).remove(path) }

  func rename(_ source: FilePath, to destination: FilePath) async throws {
    try requireOne(source, destination)
    try await disk(source).rename(source, to: destination)
  }

  func exchange(_ first: FilePath, with second: FilePath) async throws {
    try requireOne(first, second)
    try await disk(first).exchange(first, with: second)
  }

  func synchronizeDirectory(_ directory: FilePath) async throws {
    try await disk(directory).synchronizeDirectory(directory)
  }

  func availableSpace(at path: FilePath) async throws -> ByteCount { try await disk(path).availableSpace(at: path) }

  private func isShared(_ path: FilePath) -> Bool {
    guard let path = try? path.resolved() else { return false }
    return path == self.path || path.isBelow(self.path)
  }

  private func disk(_ path: FilePath) -> SimulatedFileSystem { isShared(path) ? shared : own }

  /// As a system between two disks.
  private func requireOne(_ first: FilePath, _ second: FilePath) throws {
    guard isShared(first) != isShared(second) else { return }
    throw FlintError(.invalidArgument, "cannot rename \(first) to \(second)", why: "they are on two disks")
  }
}
