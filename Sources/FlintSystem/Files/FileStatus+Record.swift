internal import FlintCore
internal import Glibc

extension FileStatus {
  /// What the system's record says.
  init(_ record: stat) {
    let kind: Kind =
      switch record.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      default: .other
      }
    self.init(
      kind: kind, size: Int64(record.st_size), isPrivate: record.st_uid == geteuid() && record.st_mode & 0o077 == 0)
  }

  /// What an open descriptor leads to.
  static func of(_ descriptor: CInt, _ path: FilePath) throws(FlintError) -> FileStatus {
    var record = stat()
    _ = try systemCall("cannot look at \(path)") { fstat(descriptor, &record) }
    return FileStatus(record)
  }
}
