internal import FlintCompression
internal import FlintCore

/// A part of an input file, which one task reads.
struct FileSplit: Sendable {
  let path: String
  /// Where the part begins and ends.
  let start: Int64
  let end: Int64
  /// The file's length when the job was planned.
  let fileSize: Int64

  var codec: CompressionCodec? {
    path.utf8.lastIndex(of: UInt8(ascii: ".")).flatMap { dot in
      CompressionCodec(fileExtension: path[path.utf8.index(after: dot)...])
    }
  }

  /// Opens the file. Throws what opening throws, and `input-output` for one that has changed since.
  func open(in files: any FileSystem) async throws -> any OpenFile {
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
