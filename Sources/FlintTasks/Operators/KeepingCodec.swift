public import FlintCore
internal import FlintLayout

/// As ``RowCodec``, for rows that can be kept as they are.
public struct KeepingCodec<Row: Sendable>: BatchCodec {
  private let codec: RowCodec<Row>

  /// The codec of `Row`s. Throws `unsupported-type`.
  public init(_: Row.Type = Row.self) throws(FlintError) {
    codec = try RowCodec(Row.self)
  }

  /// The rows of `batch` as one block.
  public func encode(_ batch: AnyRowBatch) throws -> [UInt8] { try codec.encode(batch) }

  /// The rows of one block.
  public func decode(_ block: [UInt8]) throws -> AnyRowBatch { try codec.decode(block) }

  /// The rows of `batch`, weighed by some of them.
  public func keep(_ batch: AnyRowBatch) throws -> (any KeptBatch)? {
    // An array of its own: the stream goes on to fill the memory of its batch.
    let rows = batch.of(Row.self).rows.withUnsafeBufferPointer { Array($0) }
    return KeptArray(rows: rows, byteCount: try weigh(rows), codec: codec)
  }

  /// Rows that were weighed.
  private static var sampleCount: Int { 32 }

  private func weigh(_ rows: [Row]) throws -> Int {
    let own = rows.count * MemoryLayout<Row>.stride
    guard !_isPOD(Row.self), !rows.isEmpty else { return own }
    // What rows refer to is about as long as their bytes; texts and arrays have heads, and the allocator rounds up.
    let step = max(1, rows.count / Self.sampleCount)
    let sample = Swift.stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    let size = try codec.encode(sample).count
    return own + size * rows.count / sample.count * 3 / 2
  }
}

/// Rows in an array.
private struct KeptArray<Row: Sendable>: KeptBatch {
  let rows: [Row]
  let byteCount: Int
  let codec: RowCodec<Row>

  func batch() -> AnyRowBatch { RowBatch(rows) }

  func encoded() throws -> [UInt8] { try codec.encode(rows) }
}
