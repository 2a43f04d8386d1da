internal import CFlint
internal import FlintCore
internal import Glibc

/// A function whose cells are plain values.
///
/// The loops are closures that are made where the type of the cell is known: methods of a generic class would be called
/// through its table of methods, which knows no special case, and take ten times as long.
final class CellAggregate: Aggregate {
  let cellSize: Int
  let cellAlignment: Int
  private let addition: (Vector, CellRows) throws(FlintError) -> Void
  private let completion: (Cells) throws(FlintError) -> Vector
  private let union: (UnsafeMutableRawPointer, UnsafeRawPointer) -> Void
  private let partialSize: Int
  private let kernels: Kernels

  /// `result` makes a value of `type` of a cell, nil for null.
  @inline(__always)
  init<Cell: AggregateCell, Result: BitwiseCopyable & Sendable>(
    _: Cell.Type, _ type: DataType, _ kernels: Kernels, _ result: @escaping (Cell) throws(FlintError) -> Result?
  ) {
    cellSize = (MemoryLayout<Cell>.size + 7) / 8 * 8
    cellAlignment = max(8, MemoryLayout<Cell>.alignment)
    partialSize = MemoryLayout<Cell>.size
    self.kernels = kernels
    addition = { (input, target) throws(FlintError) in
      let flat = try input.flat(kernels.memory)
      defer { withExtendedLifetime(flat) {} }
      if let rows = target.byKey, let totals = try Cell.totals(rows, flat) {
        for number in 0..<target.cells.count {
          let cell = (target.cells.base + number * target.cells.stride).assumingMemoryBound(to: Cell.self)
          cell.pointee.add(totals.sums[number], of: totals.counts[number])
        }
        return
      }
      let values = flat.pointer(to: Cell.Value.self)
      CellLoop.forEach(target, flat.validity?.bits) { (cell: UnsafeMutablePointer<Cell>, row: Int) in
        cell.pointee.add(values[row])
      }
    }
    completion = { (cells) throws(FlintError) in
      let builder = try ValueBuilder<Result>(type, capacity: cells.count, kernels.memory)
      for number in 0..<cells.count {
        let cell = (cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self).pointee
        if let value = try result(cell) { try builder.append(value) } else { try builder.appendNull() }
      }
      return try builder.finish()
    }
    union = { place, other in
      place.assumingMemoryBound(to: Cell.self).pointee.merge(other.loadUnaligned(as: Cell.self))
    }
  }

  var heldBytes: Int { 0 }
  var partialType: DataType { .binary }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    if let input { try addition(input, target) }
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector { try completion(cells) }

  func partials(_ cells: Cells) throws(FlintError) -> Vector {
    let builder = try TextBuilder(
      .binary, capacity: cells.count, bytes: cells.count * partialSize, kernels.memory)
    for number in 0..<cells.count {
      try builder.append(UnsafeRawBufferPointer(start: cells.base + number * cells.stride, count: partialSize))
    }
    return try builder.finish()
  }

  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) {
    for index in 0..<target.count {
      let bytes = partials.text(target.row(index))
      guard let base = bytes.baseAddress, bytes.count == partialSize else {
        throw FlintError(.corruptData, "a partial result has \(bytes.count) bytes, not \(partialSize)")
      }
      union(target.cells.base + Int(target.numbers[index]) * target.cells.stride, base)
    }
  }
}
