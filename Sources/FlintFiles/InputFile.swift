/// A file to read.
public struct InputFile: Hashable, Sendable {
  /// Where it is.
  public let path: String
  /// Its length in bytes when it was listed.
  public let size: Int64

  /// The path that somebody named or a pattern matched, where the file or a folder above it is.
  public let root: String

  /// The file at `path`, of `size` bytes, found below `root` or by its own name.
  public init(path: String, size: Int64, root: String? = nil) {
    self.path = path
    self.size = size
    self.root = root ?? path
  }
}
