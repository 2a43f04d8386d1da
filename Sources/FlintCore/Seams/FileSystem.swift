/// Seam: the files of one node.
///
/// Every call suspends and blocks no thread of the caller. Errors: `file-not-found`, `file-exists`,
/// `permission-denied`, `disk-full`, `too-many-open-files`, `input-output`; each names the path. What no retry can mend,
/// such as a path with a zero byte or one that is no regular file, is an `invalid-argument`; too many calls at once are a
/// `resource-exhausted`. A call that waits when its task is cancelled throws `CancellationError`; one that has begun runs
/// to its end.
public protocol FileSystem: Sendable {
  /// Opens the file at `path`. A path that ends in a symbolic link is refused with `permission-denied`.
  func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile

  /// What stands at `path`, or nil when nothing does. Other failures throw.
  func status(of path: FilePath) async throws -> FileStatus?

  /// The names in `directory`, sorted by their bytes, without `.` and `..`.
  func list(_ directory: FilePath) async throws -> [String]

  /// Makes a directory that only its owner can enter, and the missing ones above it. One that exists is left as it is.
  func createDirectory(_ path: FilePath) async throws

  /// Removes a file or an empty directory.
  func remove(_ path: FilePath) async throws

  /// Moves `source` to `destination` in one step, and replaces what stands there. Not durable before
  /// ``synchronizeDirectory(_:)`` of both directories.
  func rename(_ source: FilePath, to destination: FilePath) async throws

  /// Exchanges two paths, files or directories, in one step. Both must exist.
  func exchange(_ first: FilePath, with second: FilePath) async throws

  /// Makes creations, removals and renames in `directory` survive a crash of the machine.
  func synchronizeDirectory(_ directory: FilePath) async throws

  /// Bytes that can still be written on the file system that holds `path`.
  func availableSpace(at path: FilePath) async throws -> ByteCount
}

/// How a file is opened.
public enum FileOpenMode: Hashable, Sendable {
  /// An existing file, to read.
  case read
  /// A new file that only its owner can read, to write and read; `file-exists` when there is one.
  case createNew
  /// To write and read, created or emptied.
  case createOrTruncate
  /// To write and read, created when missing, contents kept.
  case update
}

/// What a ``FileSystem`` knows of a path.
public struct FileStatus: Hashable, Sendable {
  /// The kinds of thing that a path can lead to.
  public enum Kind: Hashable, Sendable { case file, directory, symbolicLink, other }

  /// What it is.
  public let kind: Kind
  /// A file's length in bytes; without meaning for the other kinds.
  public let size: Int64
  /// Whether it belongs to the user of this process, and nobody else may read, write or enter it.
  public let isPrivate: Bool

  /// What stands at some path.
  public init(kind: Kind, size: Int64, isPrivate: Bool = true) {
    self.kind = kind
    self.size = size
    self.isPrivate = isPrivate
  }
}
