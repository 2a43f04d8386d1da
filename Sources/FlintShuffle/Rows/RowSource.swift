internal import FlintCore
internal import FlintLayout
public import FlintTasks

/// Rows of one type that a task reads: from a shuffle, or from a partition of a parent in the same task.
public final class RowSource<Row> {
  private enum Origin {
    case shuffle(any ShuffleInput, RowCodec<Row>)
    case stream(any RowStream)
  }

  /// How much memory the rows take, as far as it was seen.
  public private(set) var weight = RowWeight(of: Row.self)
  private let origin: Origin
  private var rowCount: UInt64 = 0
  private var batchCount = 0
  private var isFinished = false

  /// The rows that come from a shuffle. Throws `unsupported-type`.
  public init(_ input: any ShuffleInput) throws {
    origin = .shuffle(input, try RowCodec())
  }

  /// The rows of a parent's partition.
  public init(_ stream: any RowStream) {
    origin = .stream(stream)
  }

  /// The next rows; nil after the last, when it has been checked that none is missing.
  public func next() async throws -> [Row]? {
    guard !isFinished else { return nil }
    switch origin {
    case .shuffle(let input, let codec):
      guard let block = try await input.next() else {
        isFinished = true
        try input.finish(rowCount: rowCount)
        return nil
      }
      let rows = try codec.rows(block)
      rowCount += UInt64(rows.count)
      weight.learn(count: rows.count, size: block.count)
      return rows
    case .stream(let stream):
      guard let batch = try await stream.next() else {
        isFinished = true
        return nil
      }
      let rows = batch.of(Row.self).rows
      learn(rows)
      return rows
    }
  }

  /// Rows of a parent were never bytes; a few of them become bytes to be weighed.
  private func learn(_ rows: [Row]) {
    batchCount += 1
    guard !weight.isPlain, batchCount <= 8 || batchCount % 64 == 0 else { return }
    let sample = Array(rows.prefix(32))
    guard let block = try? RowBlock.encode(sample, form: .columns) else { return }
    weight.learn(count: sample.count, size: block.count)
  }
}
