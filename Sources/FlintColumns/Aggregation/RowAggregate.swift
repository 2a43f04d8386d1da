internal import FlintCore

/// The value of the first or last row of each key, of any type, and null when it is null there.
final class RowAggregate: Aggregate {
  /// A value's place among all that are kept, and one more; 0 for none.
  private typealias Cell = Int

  private let isLast: Bool
  private let type: DataType
  private let kernels: Kernels
  private var kept: [Vector] = []
  private var keptCount = 0

  init(isLast: Bool, of type: DataType, _ kernels: Kernels) {
    self.isLast = isLast
    self.type = type
    self.kernels = kernels
  }

  var cellSize: Int { MemoryLayout<Cell>.size }
  var heldBytes: Int { keptCount * (type.physical.width ?? 16) }
  var partialType: DataType { .structure([Field("value", type)]) }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input else { return }
    try add(input, target, isThere: { _ in true })
  }

  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) {
    // A key without rows is a structure that is null.
    try add(try kernels.part(0, of: partials), target) { !partials.isNull($0) }
  }

  private func add(_ input: Vector, _ target: CellRows, isThere: (Int) -> Bool) throws(FlintError) {
    var rows: [Int32] = []
    for index in 0..<target.count {
      let row = target.row(index)
      guard isThere(row) else { continue }
      let place = target.cells.base + Int(target.numbers[index]) * target.cells.stride
      let cell = place.assumingMemoryBound(to: Cell.self)
      if isLast || cell.pointee == 0 {
        rows.append(Int32(row))
        cell.pointee = keptCount + rows.count
      }
    }
    guard !rows.isEmpty else { return }
    guard keptCount + rows.count <= Int(Int32.max) else {
      throw FlintError(.resourceExhausted, "a function cannot keep more than 2,147,483,647 values")
    }
    kept.append(try kernels.take(input, try RowNumbers(rows, kernels.memory)))
    keptCount += rows.count
    // What came before the last is of no more use.
    if isLast, keptCount > 2 * target.cells.count + 65_536 { try compact(target.cells) }
  }

  private func compact(_ cells: Cells) throws(FlintError) {
    let values = try results(cells)
    for number in 0..<cells.count {
      let cell = (cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self)
      if cell.pointee > 0 { cell.pointee = number + 1 }
    }
    kept = [values]
    keptCount = values.count
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector {
    let rows = (0..<cells.count).map { number in
      Int32((cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self).pointee - 1)
    }
    let all = kept.isEmpty ? try kernels.nulls(type, count: 0) : try kernels.concatenate(kept)
    return try kernels.take(all, try RowNumbers(rows, kernels.memory))
  }

  func partials(_ cells: Cells) throws(FlintError) -> Vector {
    let bits = try kernels.packed(cells.count) { number in
      (cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self).pointee > 0 ? 1 : 0
    }
    return Vector(
      partialType, count: cells.count, validity: Validity(bits), .structure([try results(cells)]))
  }
}
