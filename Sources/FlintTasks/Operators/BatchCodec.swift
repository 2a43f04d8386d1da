/// Batches as bytes: how the engine, which does not know the rows' type, keeps and sends them.
public protocol BatchCodec: Sendable {
  /// The rows of `batch` as one block.
  func encode(_ batch: AnyRowBatch) throws -> [UInt8]

  /// The rows of one block. Throws `corrupt-data`, `layout-mismatch`.
  func decode(_ block: [UInt8]) throws -> AnyRowBatch

  /// Rows that stay as they are while the stream that gave `batch` goes on.
  func copy(_ batch: AnyRowBatch) -> AnyRowBatch

  /// About how many bytes of memory the rows take.
  func weigh(_ batch: AnyRowBatch) -> Int
}
