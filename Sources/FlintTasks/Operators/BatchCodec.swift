/// Batches as bytes: how the engine, which does not know the rows' type, keeps and sends them.
public protocol BatchCodec: Sendable {
  /// The rows of `batch` as one block.
  func encode(_ batch: AnyRowBatch) throws -> [UInt8]

  /// The rows of one block. Throws `corrupt-data`, `layout-mismatch`.
  func decode(_ block: [UInt8]) throws -> AnyRowBatch

  /// Rows that stay as they are while the stream that gave `batch` goes on; nil where rows can be kept as bytes only.
  func keep(_ batch: AnyRowBatch) throws -> (any KeptBatch)?
}

extension BatchCodec {
  /// As bytes only.
  public func keep(_ batch: AnyRowBatch) -> (any KeptBatch)? { nil }
}

/// Rows of a partition that are kept as they are.
public protocol KeptBatch: Sendable {
  /// About how many bytes of memory they take.
  var byteCount: Int { get }

  /// The rows, for one stream.
  func batch() -> AnyRowBatch

  /// The rows as one block, the same each time.
  func encoded() throws -> [UInt8]
}
