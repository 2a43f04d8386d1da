internal import FlintTasks

/// Rows that were kept.
final class DirectBlocks: RowStream {
  private var blocks: ArraySlice<[UInt8]>
  private let codec: any BatchCodec

  init(_ blocks: [[UInt8]], _ codec: any BatchCodec) {
    self.blocks = blocks[...]
    self.codec = codec
  }

  func next() async throws -> AnyRowBatch? { try blocks.popFirst().map { try codec.decode($0) } }
}
