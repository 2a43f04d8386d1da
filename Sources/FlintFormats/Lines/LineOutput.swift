internal import FlintCompression
internal import FlintCore

/// Bytes on their way into a file, compressed if wanted. One user at a time.
final class LineOutput {
  /// What is to be written next.
  var bytes: [UInt8] = []
  private let file: any OpenFile
  private let stream: CompressionStream?
  private var position: Int64 = 0
  private static let pieceSize = 256 << 10

  /// Throws `invalid-argument` for a codec that has no streams.
  init(_ file: any OpenFile, _ codec: CompressionCodec?) throws(FlintError) {
    self.file = file
    stream = try codec.map { (codec) throws(FlintError) in try CompressionStream(codec) }
    bytes.reserveCapacity(Self.pieceSize + (16 << 10))
  }

  /// Writes what there is, when it is worth it.
  nonisolated(nonsending) func writeIfMuch() async throws {
    if bytes.count >= Self.pieceSize { try await write() }
  }

  /// Writes all that there is, and returns the file's length.
  nonisolated(nonsending) func finish() async throws -> ByteCount {
    try await write()
    if let stream {
      var end: [UInt8] = []
      try stream.finish(into: &end)
      try await file.write(end, at: position)
      position += Int64(end.count)
    }
    return ByteCount(position)
  }

  private nonisolated(nonsending) func write() async throws {
    var output = bytes
    if let stream {
      output = []
      try bytes.withUnsafeBytes { try stream.encode($0, into: &output) }
    }
    try await file.write(output, at: position)
    position += Int64(output.count)
    bytes.removeAll(keepingCapacity: true)
  }
}
