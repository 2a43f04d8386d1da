internal import FlintCore
internal import FlintTasks

/// Sorted runs of rows on disk.
final class SortedRuns<Row> {
  private var runs: [[Range<Int64>]] = []
  private var weight = RowWeight(of: Row.self)
  private let file: any SpillFile
  private let codec: RowCodec<Row>
  private let context: any TaskContext

  init(_ file: any SpillFile, _ context: any TaskContext) throws {
    self.file = file
    self.context = context
    codec = try RowCodec()
  }

  /// How many rows make a block of a good size: one of each run is in memory while they are merged.
  var rowsPerBlock: Int { max(1, BlockSize.bytes / 2 / weight.bytes) }

  /// Begins a run.
  func begin() {
    runs.append([])
  }

  /// Adds rows to the run that was begun last.
  func append(_ rows: [Row]) async throws {
    let block = try codec.encode(rows)
    weight.learn(count: rows.count, size: block.count)
    runs[runs.count - 1].append(try await file.append(block))
  }

  func read(_ block: Range<Int64>) async throws -> [Row] { try codec.rows(try await file.read(block)) }

  func remove() async { await file.remove() }

  /// The merge of all runs. When there are too many to have a block of each in memory, some are merged into one first.
  func merge(_ kernel: SortKernel<Row>) async throws -> RunMerge<Row> {
    while runs.count > Self.width {
      // The first ones, and in their place: rows of equal keys keep their order.
      let merge = RunMerge(Array(runs.prefix(Self.width)), self, kernel)
      let rest = runs.dropFirst(Self.width)
      begin()
      var rows: [Row] = []
      while true {
        try context.checkCancellation()
        rows.removeAll(keepingCapacity: true)
        try await merge.next(&rows, limit: rowsPerBlock)
        if rows.isEmpty { break }
        try await append(rows)
      }
      runs = [runs[runs.count - 1]] + rest
    }
    return RunMerge(runs, self, kernel)
  }

  private static var width: Int { 64 }
}
