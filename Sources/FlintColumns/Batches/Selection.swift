public import FlintCore

/// The rows of a batch that count: their numbers, rising.
public struct Selection: Sendable {
  /// How many rows count.
  public let count: Int
  let buffer: ColumnBuffer

  /// The first `count` numbers of 32 bits in `buffer`, which rise.
  public init(_ buffer: ColumnBuffer, count: Int) {
    precondition(buffer.count >= count * 4, "there are fewer than \(count) numbers")
    self.buffer = buffer
    self.count = count
  }

  /// Rows by their numbers, which rise.
  public init(_ rows: [Int32], _ memory: ColumnMemory) throws(FlintError) {
    precondition(zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }, "the selected rows do not rise")
    buffer = try memory.buffer(rows.count * 4)
    count = rows.count
    for (index, row) in rows.enumerated() { buffer.pointer(to: Int32.self)[index] = row }
  }

  /// A copy of the `count` numbers at `rows`, which rise.
  init(copying rows: UnsafePointer<Int32>, count: Int, _ memory: ColumnMemory) throws(FlintError) {
    buffer = try memory.buffer(count * 4)
    self.count = count
    buffer.pointer(to: Int32.self).update(from: rows, count: count)
  }

  /// The rows' numbers, while the selection is kept alive.
  public var rows: UnsafePointer<Int32> { UnsafePointer(buffer.pointer(to: Int32.self)) }
}
