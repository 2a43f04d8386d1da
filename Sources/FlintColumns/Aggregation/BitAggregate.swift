internal import FlintCore

/// A function of booleans, computed as one of small numbers.
final class BitAggregate: Aggregate {
  private let numbers: any Aggregate
  private let kernels: Kernels

  init(_ numbers: any Aggregate, _ kernels: Kernels) {
    self.numbers = numbers
    self.kernels = kernels
  }

  var cellSize: Int { numbers.cellSize }
  var heldBytes: Int { 0 }
  var partialType: DataType { numbers.partialType }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input else { return }
    try numbers.add(try kernels.cast(input, to: .int8), target)
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector {
    try kernels.cast(try numbers.results(cells), to: .boolean)
  }

  func partials(_ cells: Cells) throws(FlintError) -> Vector { try numbers.partials(cells) }
  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) { try numbers.merge(partials, target) }
}
