public import FlintCore
internal import FlintLayout

/// Batches of `Row`s as blocks of columns.
public struct RowCodec<Row>: BatchCodec {
  private let stride: Int

  /// The codec of `Row`s. Throws `unsupported-type`, with the path of the field that is to blame.
  public init(_: Row.Type = Row.self) throws(FlintError) {
    stride = try RowLayout.of(Row.self).stride
  }

  /// The rows of `batch` as one block.
  public func encode(_ batch: AnyRowBatch) throws -> [UInt8] { try encode(batch.of(Row.self).rows) }

  /// The rows of one block.
  public func decode(_ block: [UInt8]) throws -> AnyRowBatch { RowBatch(try rows(block)) }

  /// The same rows.
  public func copy(_ batch: AnyRowBatch) -> AnyRowBatch { RowBatch(batch.of(Row.self).rows) }

  /// The rows' own size, and as much again for what they refer to when they are no plain numbers.
  public func weigh(_ batch: AnyRowBatch) -> Int { batch.count * stride * (_isPOD(Row.self) ? 1 : 2) }

  /// `rows` as one block.
  public func encode(_ rows: [Row]) throws(FlintError) -> [UInt8] { try RowBlock.encode(rows, form: .columns) }

  /// The sum of the rows' hashes, which does not depend on their order: what a shuffle's output is told with each block.
  /// Throws `invalid-argument` for values that cannot be encoded.
  public func checksum(_ rows: [Row]) throws(FlintError) -> UInt64 { try RowLayout.of(Row.self).hashSum(rows) }

  /// The rows of one block.
  public func rows(_ block: [UInt8]) throws(FlintError) -> [Row] { try RowBlock.decode(block) }
}
