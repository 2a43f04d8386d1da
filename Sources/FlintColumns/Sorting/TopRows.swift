public import FlintCore

/// The first rows by some keys, of any number: it never holds many more than are wanted. Rows with equal keys come in the
/// order in which they were added.
public final class TopRows {
  private let count: Int
  private let keys: [SortKey]
  private let schema: Schema
  private let kernels: Kernels
  private var batches: [Batch] = []
  private var held = 0

  /// The first `count` rows of batches of `schema`.
  public init(_ count: Int, of schema: Schema, by keys: [SortKey], _ kernels: Kernels) {
    precondition(count > 0, "the first rows are one at least, not \(count)")
    self.count = count
    self.keys = keys
    self.schema = schema
    self.kernels = kernels
  }

  /// Takes in the rows that count.
  public func add(_ batch: Batch) throws(FlintError) {
    batches.append(batch)
    held += batch.rowCount
    // So seldom that sorting costs little, and so often that little is held.
    if held > 4 * count + 65_536 { try cut() }
  }

  /// The rows, sorted.
  public func finish() throws(FlintError) -> Batch {
    try cut()
    if let batch = batches.first { return batch }
    return try kernels.concatenate([], schema)
  }

  private func cut() throws(FlintError) {
    let all = try kernels.concatenate(batches, schema)
    let order = try kernels.order(all, by: keys)
    let first = try kernels.take(all, order.prefix(count))
    batches = [first]
    held = first.length
  }
}
