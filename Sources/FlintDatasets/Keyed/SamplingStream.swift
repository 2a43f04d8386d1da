internal import FlintShuffle
internal import FlintTasks

/// Rows that were chosen by chance, which is a function of the seed and the row's place.
final class SamplingStream<Row>: RowStream {
  private let source: any RowStream
  private let bound: UInt64
  private var state: UInt64
  private let batch = RowBatch<Row>()

  init(_ source: any RowStream, _ fraction: Double, seed: UInt64) {
    self.source = source
    // 53 bits are all that a fraction has.
    bound = UInt64(fraction * Double(1 << 53 as UInt64))
    state = seed
  }

  func next() async throws -> AnyRowBatch? {
    guard let rows = try await source.next()?.of(Row.self).rows else { return nil }
    batch.rows.removeAll(keepingCapacity: true)
    for row in rows {
      state &+= 0x9E37_79B9_7F4A_7C15
      if KeyHash.mix(state) >> 11 < bound { batch.rows.append(row) }
    }
    return batch
  }
}
