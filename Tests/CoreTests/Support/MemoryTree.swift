import FlintCore

/// The names of a file system, without contents: enough for globs.
struct MemoryTree: FileSystem {
  private var kinds: [String: FileStatus.Kind] = ["/": .directory, ".": .directory]

  /// A tree of these files and the directories above them; a path that ends in `/` is a directory.
  init(_ paths: String...) {
    for path in paths {
      kinds[FilePath(path).normalised] = path.hasSuffix("/") ? .directory : .file
      var parent = FilePath(path).parent
      while parent != "/", parent != "." {
        kinds[parent.string] = .directory
        parent = parent.parent
      }
    }
  }

  func status(of path: FilePath) async throws -> FileStatus? {
    kinds[path.normalised].map { FileStatus(kind: $0, size: 0) }
  }

  func list(_ directory: FilePath) async throws -> [String] {
    guard kinds[directory.normalised] == .directory else { throw FlintError(.fileNotFound, "no \(directory)") }
    return kinds.keys.filter { $0 != "/" && $0 != "." && FilePath($0).parent == directory }
      .map { FilePath($0).name }.sorted()
  }

  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile { throw unused }
  func createDirectory(_ path: FilePath) async throws { throw unused }
  func remove(_ path: FilePath) async throws { throw unused }
  func rename(_ source: FilePath, to destination: FilePath) async throws { throw unused }
  func exchange(_ first: FilePath, with second: FilePath) async throws { throw unused }
  func synchronizeDirectory(_ directory: FilePath) async throws { throw unused }
  func availableSpace(at path: FilePath) async throws -> ByteCount { throw unused }

  private var unused: FlintError { FlintError(.inputOutput, "a tree has only names") }
}

extension FilePath {
  /// The path without a slash at its end.
  fileprivate var normalised: String {
    string.count > 1 && string.hasSuffix("/") ? String(string.dropLast()) : string
  }
}
