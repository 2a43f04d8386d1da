public import FlintCompression
public import FlintCore

/// A part of an input file, which one task reads.
public struct FileSplit: Hashable, Sendable {
  /// The file.
  public let path: String
  /// Where the part begins.
  public let start: Int64
  /// Where the part ends.
  public let end: Int64
  /// The file's length when the job was planned.
  public let fileSize: Int64

  /// The bytes from `start` to `end` of a file.
  public init(path: String, start: Int64, end: Int64, fileSize: Int64) {
    self.path = path
    self.start = start
    self.end = end
    self.fileSize = fileSize
  }

  /// All of a file.
  public init(_ file: InputFile) {
    self.init(path: file.path, start: 0, end: file.size, fileSize: file.size)
  }

  /// What the file is compressed with, by the end of its name.
  public var codec: CompressionCodec? {
    path.utf8.lastIndex(of: UInt8(ascii: ".")).flatMap { dot in
      CompressionCodec(fileExtension: path[path.utf8.index(after: dot)...])
    }
  }

  /// Opens the file. Throws what opening throws, and `input-output` for one that has changed since.
  public func open(in files: any FileSystem) async throws -> any OpenFile {
    let file = try await files.open(FilePath(path), .read)
    let size = try await file.size()
    guard size == fileSize else {
      throw FlintError(
        .inputOutput, "\(path) has changed since the job was planned",
        why: "it had \(fileSize) bytes then and has \(size) now",
        remedy: "run the job again when nobody writes the file")
    }
    return file
  }
}
