internal import FlintColumns

/// Batches that are there already.
final class BatchesStream: BatchStream {
  private var batches: ArraySlice<Batch>

  init(_ batches: [Batch]) {
    self.batches = batches[...]
  }

  func next() -> Batch? { batches.popFirst() }

  /// Some rows, a batch at a time.
  convenience init(_ rows: Batch, of size: Int) {
    self.init(
      stride(from: 0, to: rows.length, by: size).map { rows.slice($0..<min($0 + size, rows.length)) })
  }

  /// How many rows a batch has that is made of many others.
  static let size = 16_384
}
