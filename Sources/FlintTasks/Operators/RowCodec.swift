public import FlintCore
internal import FlintLayout

/// Batches of `Row`s as blocks of columns.
public struct RowCodec<Row>: BatchCodec {
  /// The codec of `Row`s. Throws `unsupported-type`, with the path of the field that is to blame.
  public init(_: Row.Type = Row.self) throws(FlintError) {
    _ = try RowLayout.of(Row.self)
  }

  /// The rows of `batch` as one block.
  public func encode(_ batch: AnyRowBatch) throws -> [UInt8] { try encode(batch.of(Row.self).rows) }

  /// The rows of one block.
  public func decode(_ block: [UInt8]) throws -> AnyRowBatch { RowBatch(try rows(block)) }

  /// `rows` as one block.
  public func encode(_ rows: [Row]) throws(FlintError) -> [UInt8] { try RowBlock.encode(rows, form: .columns) }

  /// The sum of the rows' hashes, which does not depend on their order: what a shuffle's output is told with each block.
  /// Throws `invalid-argument` for values that cannot be encoded.
  public func checksum(_ rows: [Row]) throws(FlintError) -> UInt64 { try RowLayout.of(Row.self).hashSum(rows) }

  /// The rows of one block.
  public func rows(_ block: [UInt8]) throws(FlintError) -> [Row] { try RowBlock.decode(block) }
}
