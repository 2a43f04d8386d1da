public import FlintShuffle
public import FlintTasks

/// A fused loop that ends in a table. A struct around the function, which keeps it as it is.
@usableFromInline
struct FusedMerge<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  @usableFromInline typealias Body =
    @Sendable (_ table: AggregationTable<Key, Value>, _ batch: AnyRowBatch) throws -> Void

  @usableFromInline let body: Body

  @inlinable
  @inline(__always)
  init(_ body: @escaping Body) {
    self.body = body
  }

  /// What stands in the place of a loop that is not used.
  @inlinable
  @inline(__always)
  static var unused: Body { { _, _ in FusedCode.isUnused() } }
}

extension FusedLoop {
  /// How many transformations an operator does at once that merges rows, and the loop that does it; 0 when it is better to
  /// merge batches.
  ///
  /// - Parameters:
  ///   - insert: makes the value of a key's first row.
  ///   - update: takes another row in.
  @inlinable
  @inline(__always)
  func folded<Key: Hashable & Sendable, Value: Sendable>(
    key: @escaping @Sendable (Row) throws -> Key, insert: @escaping @Sendable (Row) throws -> Value,
    update: @escaping @Sendable (inout Value, Row) throws -> Void
  ) -> (steps: Int, merge: FusedMerge<Key, Value>.Body) {
    let body = body
    let merging = FusedMerge<Key, Value> { table, batch in
      var cursor = table.cursor()
      defer { table.end(cursor) }
      try body(batch) { row in
        try table.merge(try key(row), at: &cursor, insert: { try insert(row) }, update: { try update(&$0, row) })
      }
    }
    let steps = FusedCode.length(length, of: merging)
    return (steps, steps > 0 ? merging.body : FusedMerge.unused)
  }
}
