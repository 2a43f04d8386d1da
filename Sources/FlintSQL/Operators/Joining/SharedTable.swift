internal import FlintColumns
internal import FlintCore

/// The table of a join's right side, which is made once for all tasks of an executor.
struct SharedTable {
  private let rows: SharedRows
  private let keys: [TypedExpression]
  private let join: CompiledJoin
  private let kernels: Kernels

  /// - Parameter kernels: those of the table, which outlives the task.
  init(rows: SharedRows, keys: [TypedExpression], join: CompiledJoin, _ kernels: Kernels) {
    self.rows = rows
    self.keys = keys
    self.join = join
    self.kernels = kernels
  }

  func table() async throws -> JoinTable {
    try await rows.table(SharedRows.Key(columns: keys, nullsMatch: join.nullsMatch)) {
      let schema = join.rightColumns.schema
      return try join.table(try kernels.concatenate(try rows.batches(schema, kernels.memory), schema), kernels)
    }
  }
}
