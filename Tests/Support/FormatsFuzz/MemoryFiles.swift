import FlintCore

/// A file system of one file, wherever somebody looks.
struct MemoryFiles: FileSystem {
  let file: MemoryFile

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile { file }
  func status(of path: FilePath) async throws -> FileStatus? { FileStatus(kind: .file, size: try await file.size()) }
  func availableSpace(at path: FilePath) async throws -> ByteCount { ByteCount(0) }

  func list(_ directory: FilePath) async throws -> [String] { throw Self.refusal }
  func createDirectory(_ path: FilePath) async throws { throw Self.refusal }
  func remove(_ path: FilePath) async throws { throw Self.refusal }
  func rename(_ source: FilePath, to destination: FilePath) async throws { throw Self.refusal }
  func exchange(_ first: FilePath, with second: FilePath) async throws { throw Self.refusal }
  func synchronizeDirectory(_ directory: FilePath) async throws { throw Self.refusal }

  private static let refusal = FlintError(.invalidArgument, "there is one file and nothing else")
}
