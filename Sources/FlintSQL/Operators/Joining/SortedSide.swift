internal import FlintColumns
internal import FlintCore

/// The sorted rows of one side of a join, from the first on that is not done with. A batch of them is at hand.
final class SortedSide {
  private let source: any BatchStream
  private let keys: [Computation]
  private let kernels: Kernels
  private var batch: (rows: Batch, keys: SortedKeys)?
  /// How many rows of the batch are done with.
  private var done = 0

  /// - Parameter source: rows sorted by `keys`, without selections.
  init(_ source: any BatchStream, by keys: [Computation], _ kernels: Kernels) {
    self.source = source
    self.keys = keys
    self.kernels = kernels
  }

  /// Reads the next rows when all at hand are done with.
  func read() async throws {
    while batch == nil, let rows = try await source.next() {
      if rows.length == 0 { continue }
      let columns = try keys.map { (key) throws(FlintError) in try key.vector(rows, kernels) }
      batch = (rows, SortedKeys(columns, count: rows.length))
      done = 0
    }
  }

  /// The key of the first row; nil when there is none.
  var first: RowKey? { batch.map { $0.keys[done] } }
  /// The key of the last row at hand.
  var last: RowKey? { batch.map { $0.keys[$0.keys.count - 1] } }

  /// The rows at hand before a key; nil when there are none.
  func take(before key: RowKey) -> Batch? { batch.flatMap { take($0.keys.end(of: done, before: key)) } }

  /// The rows at hand before and with a key.
  func take(upTo key: RowKey) -> Batch? { batch.flatMap { take($0.keys.end(of: done, upTo: key)) } }

  /// All rows at hand.
  func takeAll() -> Batch? { batch.flatMap { take($0.keys.count) } }

  private func take(_ end: Int) -> Batch? {
    guard let (rows, keys) = batch, end > done else { return nil }
    defer { done = end }
    if end == keys.count { batch = nil }
    return rows.slice(done..<end)
  }
}
