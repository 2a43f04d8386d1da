internal import FlintCompression
internal import FlintCore
internal import FlintTasks

/// Writes a partition's strings as the lines of a file.
final class TextSink: ResultMaker {
  private static let pieceSize = 256 << 10
  private let staged: StagedOutput
  private let compression: TextCompression

  init(_ staged: StagedOutput, _ compression: TextCompression) {
    self.staged = staged
    self.compression = compression
  }

  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    try await PartWriter.write(staged, partition: partition, context: context) { writer in
      let stream = try compression.codec.map { codec throws(FlintError) in try CompressionStream(codec) }
      var text: [UInt8] = []
      text.reserveCapacity(Self.pieceSize + (16 << 10))
      var count = 0
      while let batch = try await rows.next() {
        for line in batch.of(String.self).rows {
          text.append(contentsOf: line.utf8)
          text.append(UInt8(ascii: "\n"))
          count += 1
          guard text.count >= Self.pieceSize else { continue }
          try await writer.append(Self.packed(text, stream), rows: count)
          text.removeAll(keepingCapacity: true)
          count = 0
        }
      }
      try await writer.append(Self.packed(text, stream), rows: count)
      if let stream {
        var end: [UInt8] = []
        try stream.finish(into: &end)
        try await writer.append(end, rows: 0)
      }
    }
  }

  private static func packed(_ text: [UInt8], _ stream: CompressionStream?) throws -> [UInt8] {
    guard let stream else { return text }
    var output: [UInt8] = []
    try text.withUnsafeBytes { try stream.encode($0, into: &output) }
    return output
  }
}
