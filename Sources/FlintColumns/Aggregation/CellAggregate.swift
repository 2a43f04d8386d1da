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
  private let union: ([Vector], CellRows) -> Void
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
    let size = cellSize
    union = { words, target in
      let words = words.map { $0.pointer(to: UInt64.self) }
      // Room for whole words, where the cell may end within one.
      withUnsafeTemporaryAllocation(byteCount: size, alignment: max(8, MemoryLayout<Cell>.alignment)) { room in
        guard let bytes = room.baseAddress else { return }
        let other = bytes.assumingMemoryBound(to: Cell.self)
        for index in 0..<target.count {
          let row = target.row(index)
          for (number, word) in words.enumerated() {
            bytes.storeBytes(of: word[row], toByteOffset: 8 * number, as: UInt64.self)
          }
          let place = target.cells.base + Int(truncatingIfNeeded: target.numbers[index]) * target.cells.stride
          place.assumingMemoryBound(to: Cell.self).pointee.merge(other.pointee)
        }
      }
    }
  }

  var heldBytes: Int { 0 }
  /// The words of the cell: numbers of a fixed width side by side are moved, written and read faster than bytes.
  var partialType: DataType {
    let words = cellSize / 8
    return words == 1 ? .int64 : .structure((0..<words).map { Field("w\($0)", .int64, isNullable: false) })
  }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    if let input { try addition(input, target) }
  }

  func results(_ cells: Cells) throws(FlintError) -> Vector { try completion(cells) }

  func partials(_ cells: Cells) throws(FlintError) -> Vector {
    let words = try (0..<cellSize / 8).map { (number) throws(FlintError) in
      let buffer = try kernels.memory.buffer(cells.count * 8)
      let target = buffer.pointer(to: UInt64.self)
      // What lies behind a cell's end is nobody's.
      let used = min(8, partialSize - 8 * number)
      let mask = used == 8 ? ~0 : Bits.low(8 * used)
      var place = UnsafeRawPointer(cells.base + 8 * number)
      for cell in 0..<cells.count {
        target[cell] = place.load(as: UInt64.self) & mask
        place += cells.stride
      }
      return Vector(.int64, count: cells.count, .values(buffer, start: 0))
    }
    return words.count == 1 ? words[0] : Vector(partialType, count: cells.count, .structure(words))
  }

  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) {
    let words = if case .structure(let words) = partials.form { words } else { [partials] }
    union(words, target)
    withExtendedLifetime(words) {}
  }
}
