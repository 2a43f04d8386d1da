/// A file to read.
public struct InputFile: Hashable, Sendable {
  /// Where it is.
  public let path: String
  /// Its length in bytes when it was listed.
  public let size: Int64

  /// The file at `path`, of `size` bytes.
  public init(path: String, size: Int64) {
    self.path = path
    self.size = size
  }
}
