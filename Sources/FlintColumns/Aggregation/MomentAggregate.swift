internal import FlintCore

/// The variance of numbers of any type.
final class MomentAggregate: Aggregate {
  private let moments: CellAggregate
  private let kernels: Kernels

  init(isSample: Bool, _ kernels: Kernels) {
    self.kernels = kernels
    moments = CellAggregate(MomentCell.self, .double, kernels) { (cell) throws(FlintError) -> Double? in
      if cell.count == 0 { return nil }
      return isSample ? (cell.count == 1 ? .nan : cell.squares / (cell.count - 1)) : cell.squares / cell.count
    }
  }

  var cellSize: Int { moments.cellSize }
  var heldBytes: Int { 0 }
  var partialType: DataType { moments.partialType }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input else { return }
    try moments.add(try kernels.cast(input, to: .double), target)
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector { try moments.results(cells) }
  func partials(_ cells: Cells) throws(FlintError) -> Vector { try moments.partials(cells) }
  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) { try moments.merge(partials, target) }
}
