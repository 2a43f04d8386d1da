internal import FlintColumns
internal import FlintCore

// Rows without a pair.
extension CompiledJoin {
  /// What left rows give once all their pairs are known; nil when that is nothing.
  ///
  /// - Parameter marks: which of them have a pair.
  func unmatched(left batch: Batch, _ marks: [Bool], _ whole: RightSide, _ kernels: Kernels) throws -> Batch? {
    let rows = batch.selection.map { selection in (0..<selection.count).map { selection.rows[$0] } }
    let all = rows ?? (0..<Int32(batch.length)).map { $0 }
    func selected(_ rows: [Int32]) throws -> Batch? {
      rows.isEmpty ? nil : batch.selecting(try Selection(rows, kernels.memory))
    }
    switch kind {
    case .inner, .right: return nil
    case .semi: return try selected(all.filter { marks[Int($0)] })
    case .anti: return try selected(all.filter { !marks[Int($0)] })
    case .antiUnlessNull:
      if whole.isEmpty { return batch }
      if whole.hasNull { return nil }
      let keys = try leftKeys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
      return try selected(all.filter { row in !marks[Int(row)] && !keys.contains { $0.isNull(Int(row)) } })
    case .left, .full:
      let missing = all.filter { !marks[Int($0)] }
      if missing.isEmpty { return nil }
      let numbers = try RowNumbers(missing, kernels.memory)
      let left = try output.left.map { try kernels.take(batch.columns[$0], numbers) }
      let right = try output.right.map { try kernels.nulls(rightColumns[$0].type, count: missing.count) }
      return Batch(output.schema, left + right, length: missing.count)
    }
  }

  /// Right rows beside nulls; nil when there are none.
  func unmatched(right rows: Batch, _ numbers: RowNumbers, _ kernels: Kernels) throws -> Batch? {
    if numbers.count == 0 { return nil }
    let left = try output.left.map { try kernels.nulls(leftColumns[$0].type, count: numbers.count) }
    let right = try output.right.map { try kernels.take(rows.columns[$0], numbers) }
    return Batch(output.schema, left + right, length: numbers.count)
  }
}
