internal import FlintCore
internal import Glibc

/// The least, greatest, first or last of texts. A cell says where in the bytes its text lies; what is no longer used of them
/// goes when it is more than half.
final class TextAggregate: Aggregate {
  private struct Cell: BitwiseCopyable {
    var start: Int
    /// The length plus one; 0 for no text.
    var mark: Int
  }

  private let kind: AggregateFunction.Kind
  private let type: DataType
  private let kernels: Kernels
  private var bytes: ColumnBuffer
  private var byteCount = 0
  private var usedBytes = 0

  init(_ kind: AggregateFunction.Kind, _ type: DataType, _ kernels: Kernels) throws(FlintError) {
    self.kind = kind
    self.type = type
    self.kernels = kernels
    bytes = try kernels.memory.buffer(4096)
  }

  var cellSize: Int { MemoryLayout<Cell>.size }
  var heldBytes: Int { bytes.heldBytes }
  var partialType: DataType { type }

  func add(_ input: Vector?, _ target: CellRows) throws(FlintError) {
    guard let input, input.count > 0 else { return }
    defer { withExtendedLifetime(input) {} }
    let texts = TextPointers(input)
    let there = input.validity?.bits
    for index in 0..<target.count {
      let row = target.row(index)
      if let there, !there[row] { continue }
      let text = texts[row]
      let place = target.cells.base + Int(target.numbers[index]) * target.cells.stride
      let cell = place.assumingMemoryBound(to: Cell.self)
      if cell.pointee.mark > 0, !prefers(text, to: self.text(cell.pointee)) { continue }
      try set(cell, text, target.cells)
    }
  }

  func merge(_ partials: Vector, _ target: CellRows) throws(FlintError) { try add(partials, target) }

  func partials(_ cells: Cells) throws(FlintError) -> Vector { try results(cells) }

  func results(_ cells: Cells) throws(FlintError) -> Vector {
    let builder = try TextBuilder(type, capacity: cells.count, bytes: usedBytes, kernels.memory)
    for number in 0..<cells.count {
      let cell = (cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self).pointee
      if cell.mark == 0 {
        try builder.appendNull()
      } else {
        try builder.append(UnsafeRawBufferPointer(text(cell)))
      }
    }
    return try builder.finish()
  }

  private func prefers(_ new: UnsafeBufferPointer<UInt8>, to old: UnsafeBufferPointer<UInt8>) -> Bool {
    switch kind {
    case .minimum: ValueOrder.compare(new, old) < 0
    case .maximum: ValueOrder.compare(new, old) > 0
    case .last: true
    default: false
    }
  }

  private func text(_ cell: Cell) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes.pointer(to: UInt8.self) + cell.start, count: cell.mark - 1)
  }

  private func set(
    _ cell: UnsafeMutablePointer<Cell>, _ text: UnsafeBufferPointer<UInt8>, _ cells: Cells
  ) throws(FlintError) {
    usedBytes += text.count - max(0, cell.pointee.mark - 1)
    if cell.pointee.mark > text.count {
      // It has room where the old one lies.
      cell.pointee.mark = text.count + 1
    } else {
      // The old one is given up; it must not move with the others.
      cell.pointee.mark = 0
      try makeRoom(text.count, cells)
      cell.pointee = Cell(start: byteCount, mark: text.count + 1)
      byteCount += text.count
    }
    if let source = text.baseAddress { memcpy(bytes.start + cell.pointee.start, source, text.count) }
  }

  private func makeRoom(_ more: Int, _ cells: Cells) throws(FlintError) {
    guard byteCount + more > bytes.count else { return }
    let larger = try kernels.memory.buffer(max(usedBytes + more, byteCount / 2) * 2)
    var place = 0
    for number in 0..<cells.count {
      let cell = (cells.base + number * cells.stride).assumingMemoryBound(to: Cell.self)
      guard cell.pointee.mark > 1 else { continue }
      memcpy(larger.start + place, bytes.start + cell.pointee.start, cell.pointee.mark - 1)
      cell.pointee.start = place
      place += cell.pointee.mark - 1
    }
    bytes = larger
    byteCount = place
  }
}
