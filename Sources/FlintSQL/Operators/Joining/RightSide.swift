internal import FlintColumns
internal import FlintCore

/// What NOT IN must know of all rows of the right side, of which a table may have a part.
struct RightSide {
  private(set) var isEmpty = true
  /// Whether null is among the keys.
  private(set) var hasNull = false

  init() {}

  /// That of a table with all rows.
  init(_ table: JoinTable, _ join: CompiledJoin) {
    isEmpty = table.batch.length == 0
    hasNull = table.batch.columns.dropFirst(join.rightColumns.count).contains { $0.nullCount > 0 }
  }

  /// Takes in rows, all of which count.
  mutating func add(_ rows: Batch, _ keys: [Computation], _ kernels: Kernels) throws(FlintError) {
    if rows.length == 0 { return }
    isEmpty = false
    for key in keys where !hasNull { hasNull = try key.vector(rows, kernels).nullCount > 0 }
  }
}

/// The rows of a join's right side as they are, of which it notes what the join must know of all.
final class RightSideStream: BatchStream {
  /// What was seen so far, or was known before.
  private(set) var side: RightSide
  private let source: any BatchStream
  /// Empty where nothing is asked.
  private let keys: [Computation]
  private let kernels: Kernels

  init(_ source: any BatchStream, _ join: CompiledJoin, _ kernels: Kernels, _ known: RightSide?) {
    self.source = source
    self.kernels = kernels
    side = known ?? RightSide()
    keys = known == nil && join.kind == .antiUnlessNull ? join.rightKeys : []
  }

  func next() async throws -> Batch? {
    guard let batch = try await source.next() else { return nil }
    if keys.isEmpty { return batch }
    let rows = try kernels.compact(batch)
    try side.add(rows, keys, kernels)
    return rows
  }
}
