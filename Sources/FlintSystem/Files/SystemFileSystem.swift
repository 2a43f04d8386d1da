internal import CFlint
public import FlintCore
internal import Glibc

/// The files of the machine. What may wait for a disk runs on one of a few ``FileThreads``, never on its caller's thread.
public struct SystemFileSystem: FileSystem {
  private let threads: FileThreads

  /// Files whose calls run on `threads`.
  public init(threads: FileThreads) {
    self.threads = threads
  }

  /// Opens a regular file; anything else is an `invalid-argument`, a link a `permission-denied`.
  public func open(_ path: FilePath, _ mode: FileOpenMode) async throws -> any OpenFile {
    try await threads.run { [threads] in
      // O_NONBLOCK: opening a pipe would otherwise wait for its other end. On files it means nothing.
      let flags = mode.flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
      let number = try withSystemText(path.string) { text throws(FlintError) in
        try systemCall("cannot open \(path)") { Glibc.open(text, flags, 0o600) }
      }
      return try SystemFile(opened: number, path: path, threads: threads)
    }
  }

  /// What stands at `path` itself: a link is told as a link.
  public func status(of path: FilePath) async throws -> FileStatus? {
    try await threads.run { try status(nowOf: path) }
  }

  /// The names in `directory`, by their bytes; one that is not UTF-8 is an `invalid-argument`.
  public func list(_ directory: FilePath) async throws -> [String] {
    try await threads.run { try DirectoryReader.names(in: directory) }
  }

  /// Makes `path` and what is missing above it, each with mode 0700.
  public func createDirectory(_ path: FilePath) async throws {
    try await threads.run { try create(path) }
  }

  /// Removes a file, a link or an empty directory; a full one is a `file-exists`.
  public func remove(_ path: FilePath) async throws {
    try await threads.run {
      _ = try withSystemText(path.string) { text throws(FlintError) in
        try systemCall("cannot remove \(path)") { Glibc.remove(text) }
      }
    }
  }

  /// Moves `source` within one file system; to another it is an `invalid-argument`.
  public func rename(_ source: FilePath, to destination: FilePath) async throws {
    try await threads.run {
      try onPair(source, destination) { first, second throws(FlintError) in
        _ = try systemCall("cannot rename \(source) to \(destination)") { Glibc.rename(first, second) }
      }
    }
  }

  /// Exchanges two paths of one file system; where that cannot exchange, it is an `invalid-argument`.
  public func exchange(_ first: FilePath, with second: FilePath) async throws {
    try await threads.run {
      try onPair(first, second) { one, other throws(FlintError) in
        _ = try systemCall("cannot exchange \(first) and \(second)") { flint_rename_exchange(one, other) }
      }
    }
  }

  /// Writes the directory's entries to the disk with `fsync`.
  public func synchronizeDirectory(_ directory: FilePath) async throws {
    try await threads.run {
      let opened = try withSystemText(directory.string) { text throws(FlintError) in
        try systemCall("cannot open the directory \(directory)") {
          Glibc.open(text, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
      }
      let descriptor = Descriptor(adopting: opened)
      try withExtendedLifetime(descriptor) {
        _ = try systemCall("cannot sync the directory \(directory)") { fsync(descriptor.number) }
      }
    }
  }

  /// What this user may still write there, without what is kept for root.
  public func availableSpace(at path: FilePath) async throws -> ByteCount {
    try await threads.run {
      var space = statvfs()
      try withSystemText(path.string) { text throws(FlintError) in
        _ = try systemCall("cannot ask for the space at \(path)") { statvfs(text, &space) }
      }
      // Some network file systems say that they have no end.
      let (bytes, isEndless) = UInt64(space.f_bavail).multipliedReportingOverflow(by: UInt64(space.f_frsize))
      return ByteCount(isEndless ? .max : Int64(clamping: bytes))
    }
  }

  // MARK: On a file thread

  private func status(nowOf path: FilePath) throws(FlintError) -> FileStatus? {
    var record = stat()
    do throws(FlintError) {
      try withSystemText(path.string) { text throws(FlintError) in
        _ = try systemCall("cannot look at \(path)") { lstat(text, &record) }
      }
    } catch {
      guard error.code == .fileNotFound else { throw error }
      return nil
    }
    return FileStatus(record)
  }

  private func create(_ path: FilePath) throws(FlintError) {
    do throws(FlintError) {
      try make(path)
    } catch {
      guard error.code == .fileNotFound, path.parent != path else { throw error }
      try create(path.parent)
      try make(path)
    }
  }

  /// One `mkdir`, happy with a directory that stands there already.
  private func make(_ path: FilePath) throws(FlintError) {
    do throws(FlintError) {
      try withSystemText(path.string) { text throws(FlintError) in
        _ = try systemCall("cannot make the directory \(path)") { mkdir(text, 0o700) }
      }
    } catch {
      // A link to a directory will do: it was there before us, and others rely on it.
      var record = stat()
      guard error.code == .fileExists, stat(path.string, &record) == 0, FileStatus(record).kind == .directory else {
        throw error
      }
    }
  }

  private func onPair(
    _ first: FilePath, _ second: FilePath,
    _ body: (UnsafePointer<CChar>, UnsafePointer<CChar>) throws(FlintError) -> Void
  ) throws(FlintError) {
    try withSystemText(first.string) { one throws(FlintError) in
      try withSystemText(second.string) { other throws(FlintError) in try body(one, other) }
    }
  }
}

extension FileOpenMode {
  fileprivate var flags: CInt {
    switch self {
    case .read: O_RDONLY
    case .createNew: O_RDWR | O_CREAT | O_EXCL
    case .createOrTruncate: O_RDWR | O_CREAT | O_TRUNC
    case .update: O_RDWR | O_CREAT
    }
  }
}
