internal import FlintCore
internal import Glibc

/// One function over rows that come one after another, and what it was at each of them.
final class RunningAggregate {
  private let aggregate: any Aggregate
  private let cell: ColumnBuffer
  /// A copy of the cell for each row. Cells of texts say where their bytes are, which move: their values are kept instead.
  private let copies: ColumnBuffer
  private let texts: TextBuilder?
  private var numbers: ColumnBuffer
  private let rowCount: Int
  private let stride: Int
  private let kernels: Kernels

  init(_ function: AggregateFunction, rows: Int, _ kernels: Kernels) throws(FlintError) {
    aggregate = try function.make(kernels)
    rowCount = rows
    let unit = aggregate.cellAlignment
    stride = (aggregate.cellSize + unit - 1) / unit * unit
    self.kernels = kernels
    cell = try kernels.memory.buffer(aggregate.cellSize, isZeroed: true)
    numbers = try kernels.memory.buffer(0)
    let isText = function.result.physical == .text
    texts = isText ? try TextBuilder(function.result, capacity: rows, kernels.memory) : nil
    copies = try kernels.memory.buffer(isText ? 0 : rows * stride)
  }

  private var cells: Cells { Cells(base: cell.start, stride: stride, count: 1) }

  func reset() { cell.zero(0..<aggregate.cellSize) }

  func add(_ vector: Vector?, _ rows: Range<Int>) throws(FlintError) {
    if rows.isEmpty { return }
    if numbers.count < rows.count * 4 { numbers = try kernels.memory.buffer(rows.count * 8, isZeroed: true) }
    try aggregate.add(
      vector?.slice(rows), CellRows(cells: cells, numbers: numbers.pointer(), count: rows.count, rows: nil))
  }

  /// Keeps what the function is now as its value for a row; rows come in their order.
  func keep(_ row: Int) throws(FlintError) {
    guard let texts else {
      memcpy(copies.start + row * stride, cell.start, aggregate.cellSize)
      return
    }
    let result = try aggregate.results(cells)
    if result.isNull(0) {
      try texts.appendNull()
    } else {
      try texts.append(UnsafeRawBufferPointer(result.text(0)))
    }
  }

  func results() throws(FlintError) -> Vector {
    if let texts { return try texts.finish() }
    return try aggregate.results(Cells(base: copies.start, stride: stride, count: rowCount))
  }
}
