internal import FlintTasks

/// Rows with their numbers.
final class NumberingStream<Row>: RowStream {
  private let source: any RowStream
  private var following: Int
  private let batch = RowBatch<(Row, Int)>()

  init(_ source: any RowStream, from start: Int) {
    self.source = source
    following = start
  }

  func next() async throws -> AnyRowBatch? {
    guard let rows = try await source.next()?.of(Row.self).rows else { return nil }
    batch.rows.removeAll(keepingCapacity: true)
    for row in rows {
      batch.rows.append((row, following))
      following += 1
    }
    return batch
  }
}
