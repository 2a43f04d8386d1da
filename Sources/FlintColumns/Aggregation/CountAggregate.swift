internal import FlintCore

/// Counts rows, or values of any type.
final class CountAggregate: Aggregate {
  private let countsNulls: Bool
  private let counting: CellAggregate

  init(countsNulls: Bool, _ kernels: Kernels) {
    self.countsNulls = countsNulls
    counting = CellAggregate(CountCell.self, .int64, kernels) { (cell) throws(FlintError) -> Int64? in cell.count }
  }

  var cellSize: Int { counting.cellSize }
  var heldBytes: Int { 0 }
  var partialType: DataType { counting.partialType }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    if let rows = target.byKey {
      let counts = if countsNulls { rows.rowCounts } else { try input.map(rows.valueCounts) ?? [] }
      for (number, count) in counts.enumerated() {
        let cell = (target.cells.base + number * target.cells.stride).assumingMemoryBound(to: CountCell.self)
        cell.pointee.add(rows: count)
      }
      return
    }
    CellLoop.forEach(target, countsNulls ? nil : input?.validity?.bits) {
      (cell: UnsafeMutablePointer<CountCell>, _: Int) in cell.pointee.add(1)
    }
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector { try counting.results(cells) }
  func partials(_ cells: Cells) throws(FlintError) -> Vector { try counting.partials(cells) }
  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) { try counting.merge(partials, target) }
}
