internal import FlintColumns
internal import FlintCore

/// Runs of sorted rows on disk, and their merge.
final class SortedRuns {
  private let spilled: SpilledRows
  private let schema: Schema
  private let keys: [SortKey]
  private let kernels: Kernels
  /// The parts of the file that are runs, in the order of their rows.
  private var runs: [Int] = []
  /// How many runs are merged at once: each has a batch in memory.
  private static let width = 32

  init(_ schema: Schema, _ keys: [SortKey], _ memory: StageMemory, _ kernels: Kernels) async throws {
    spilled = try await SpilledRows(0, schema, memory, kernels)
    self.schema = schema
    self.keys = keys
    self.kernels = kernels
  }

  /// Writes sorted rows as a run behind the others.
  func add(_ rows: Batch) async throws {
    let run = spilled.addPart()
    runs.append(run)
    try await spilled.append(rows, to: run)
    try await spilled.finish()
  }

  /// All rows in their order.
  func merged() async throws -> any BatchStream {
    while runs.count > Self.width {
      var longer: [Int] = []
      for start in stride(from: 0, to: runs.count, by: Self.width) {
        let merge = merge(Array(runs[start..<min(start + Self.width, runs.count)]))
        let run = spilled.addPart()
        longer.append(run)
        while let batch = try await merge.next() { try await spilled.append(batch, to: run) }
        try await spilled.finish()
      }
      runs = longer
    }
    return merge(runs)
  }

  private func merge(_ runs: [Int]) -> MergedRuns {
    MergedRuns(
      spilled, runs.map { spilled.rows(of: $0) },
      RunMerge(runs.count, of: schema, by: keys, limit: BatchesStream.size, kernels))
  }
}

/// The rows of some runs in their order.
private final class MergedRuns: BatchStream {
  private let spilled: SpilledRows
  private let runs: [SpilledStream]
  private var merge: RunMerge

  init(_ spilled: SpilledRows, _ runs: [SpilledStream], _ merge: RunMerge) {
    self.spilled = spilled
    self.runs = runs
    self.merge = merge
  }

  func next() async throws -> Batch? {
    while true {
      switch try merge.next() {
      case .needs(let run): try merge.give(try await runs[run].next(), to: run)
      case .rows(let rows): return rows
      case .end: return nil
      }
    }
  }
}
