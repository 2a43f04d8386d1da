public import FlintCore

/// Merges sorted runs, batch by batch. It reads nothing: its owner gives it the next batch of the run that it asks for, so it
/// may wait for a disk between two steps. Rows with equal keys come in the order of their runs.
public struct RunMerge {
  /// What it wants, or what it has.
  public enum Step: Sendable {
    /// The next batch of this run; call ``RunMerge/give(_:to:)``.
    case needs(run: Int)
    /// Sorted rows.
    case rows(Batch)
    /// There are no more rows.
    case end
  }

  private struct Run {
    var batch: Batch?
    var columns: [Vector] = []
    var row = 0
    var isAtEnd = false
  }

  private var runs: [Run]
  /// The order of the rows of each two runs, by both numbers: to make it for each pair of rows would take most of the time.
  private var orders: [RowOrder?]
  private let keys: [SortKey]
  private let schema: Schema
  private let kernels: Kernels
  private let limit: Int

  /// A merge of `runs` runs, which gives out up to `limit` rows at once.
  public init(_ runs: Int, of schema: Schema, by keys: [SortKey], limit: Int, _ kernels: Kernels) {
    precondition(limit > 0, "rows are given out one by one at least")
    self.runs = [Run](repeating: Run(), count: runs)
    orders = [RowOrder?](repeating: nil, count: runs * runs)
    self.keys = keys
    self.schema = schema
    self.limit = limit
    self.kernels = kernels
  }

  /// Takes the next batch of a run, sorted by the keys and not before the one before it; nil at its end.
  public mutating func give(_ batch: Batch?, to run: Int) throws(FlintError) {
    guard let batch, batch.rowCount > 0 else {
      runs[run].isAtEnd = batch == nil
      runs[run].batch = nil
      return
    }
    let compact = try kernels.compact(batch)
    runs[run].batch = compact
    runs[run].columns = try keys.map { (key) throws(FlintError) in
      try compact.columns[key.column].flat(kernels.memory)
    }
    runs[run].row = 0
    for other in runs.indices where runs[other].batch != nil {
      orders[run * runs.count + other] = RowOrder(runs[run].columns, runs[other].columns, keys)
      orders[other * runs.count + run] = RowOrder(runs[other].columns, runs[run].columns, keys)
    }
  }

  /// What comes next.
  public mutating func next() throws(FlintError) -> Step {
    for run in runs.indices where runs[run].batch == nil && !runs[run].isAtEnd { return .needs(run: run) }
    let picked = pick()
    if picked.isEmpty { return .end }
    // What each run gives lies side by side in it. Those pieces are cut out, and their rows put in order.
    var starts: [Int] = []
    var pieces: [Batch] = []
    var start = 0
    for run in runs.indices {
      starts.append(start)
      guard let batch = runs[run].batch else { continue }
      let count = picked.count { $0.run == run }
      if count > 0 { pieces.append(batch.slice(runs[run].row..<runs[run].row + count)) }
      start += count
      starts[run] -= runs[run].row
      runs[run].row += count
      if runs[run].row == batch.length { runs[run].batch = nil }
    }
    let rows = picked.map { Int32(truncatingIfNeeded: starts[$0.run] + $0.row) }
    return .rows(
      try kernels.take(try kernels.concatenate(pieces, schema), try RowNumbers(rows, kernels.memory)))
  }

  private struct Pick {
    let run: Int
    var row: Int
  }

  /// The next rows, until there are enough or a run's batch is at its end.
  private func pick() -> [Pick] {
    var waiting: [Pick] = []
    for run in runs.indices where runs[run].batch != nil { insert(Pick(run: run, row: runs[run].row), into: &waiting) }
    var picked: [Pick] = []
    while picked.count < limit, !waiting.isEmpty {
      var least = waiting.removeFirst()
      picked.append(least)
      least.row += 1
      if least.row == runs[least.run].batch?.length { break }
      insert(least, into: &waiting)
    }
    return picked
  }

  /// Puts a row between those that wait, the first first.
  private func insert(_ pick: Pick, into waiting: inout [Pick]) {
    var low = 0
    var high = waiting.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(waiting[middle], pick) { low = middle + 1 } else { high = middle }
    }
    waiting.insert(pick, at: low)
  }

  private func isBefore(_ one: Pick, _ other: Pick) -> Bool {
    let order = orders[one.run * runs.count + other.run]?.compare(one.row, other.row) ?? 0
    return order == 0 ? one.run < other.run : order < 0
  }
}
