internal import FlintColumns
internal import FlintCore

/// Merges the aggregates of many tasks into those of all rows.
final class MergeStream: BatchStream {
  private let source: any BatchStream
  private let keyCount: Int
  private let table: HashAggregation
  private let schema: Schema
  private var result: BatchesStream?

  init(
    _ source: any BatchStream, _ aggregation: Aggregation, _ schema: Schema, _ kernels: Kernels
  ) throws(FlintError) {
    self.source = source
    self.schema = schema
    keyCount = aggregation.keys.count
    table = try HashAggregation(
      keys: aggregation.keys.map(\.expression.type), aggregation.calls.map { $0.call.plainFunction }, kernels)
  }

  func next() async throws -> Batch? {
    if let result { return result.next() }
    while let batch = try await source.next() {
      try table.merge(
        keys: Array(batch.columns[..<keyCount]), Array(batch.columns[keyCount...]), length: batch.length)
    }
    let columns = try table.results()
    let length = keyCount == 0 ? 1 : columns[0].count
    let stream = BatchesStream(Batch(schema, columns, length: length), of: BatchesStream.size)
    result = stream
    return stream.next()
  }
}
