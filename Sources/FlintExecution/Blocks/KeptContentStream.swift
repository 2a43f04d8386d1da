internal import FlintStorage
internal import FlintTasks

/// The batches of a partition that is in this executor's memory, where it stays until the stream is let go.
final class KeptContentStream: RowStream {
  private let content: KeptContent
  private let codec: any BatchCodec
  private let context: any TaskContext
  private var lease: BlockLease?
  private var index = 0

  init(_ content: KeptContent, _ lease: BlockLease, _ codec: any BatchCodec, _ context: any TaskContext) {
    (self.content, self.lease, self.codec, self.context) = (content, lease, codec, context)
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard index < content.pieceCount else {
      lease = nil
      return nil
    }
    defer { index += 1 }
    return try content.batch(index, codec)
  }
}
