public import FlintCore

/// Numbers of rows in any order, each any number of times; -1 stands for none.
public struct RowNumbers: Sendable {
  /// How many there are.
  public let count: Int
  /// Whether -1 may be among them.
  public let mayMiss: Bool
  /// The first of them, where it is known that each of the others is one more than the one before it.
  let first: Int?
  let buffer: ColumnBuffer

  /// The first `count` numbers of 32 bits in `buffer`.
  public init(_ buffer: ColumnBuffer, count: Int, mayMiss: Bool = false) {
    self.init(buffer, count: count, mayMiss: mayMiss, from: nil)
  }

  /// The first `count` numbers of 32 bits in `buffer`, which are those from `first` on, if it is known.
  init(_ buffer: ColumnBuffer, count: Int, mayMiss: Bool = false, from first: Int?) {
    precondition(buffer.count >= count * 4, "there are fewer than \(count) numbers")
    self.buffer = buffer
    self.count = count
    self.mayMiss = mayMiss
    self.first = first
  }

  /// Rows by their numbers.
  public init(_ rows: [Int32], _ memory: ColumnMemory) throws(FlintError) {
    buffer = try memory.buffer(rows.count * 4)
    count = rows.count
    mayMiss = rows.contains { $0 < 0 }
    first = nil
    for (index, row) in rows.enumerated() { buffer.pointer(to: Int32.self)[index] = row }
  }

  /// The rows of a selection.
  public init(_ selection: Selection) {
    self.init(selection.buffer, count: selection.count)
  }

  /// Whether they are 0, 1, 2 and so on.
  public var areRising: Bool {
    let numbers = rows
    var different: Int32 = 0
    for index in 0..<count { different |= numbers[index] ^ Int32(truncatingIfNeeded: index) }
    return different == 0
  }

  /// The first `count` of them, or all when there are fewer.
  func prefix(_ count: Int) -> RowNumbers {
    RowNumbers(buffer, count: min(count, self.count), mayMiss: mayMiss, from: first)
  }

  /// The numbers, while this is kept alive.
  public var rows: UnsafePointer<Int32> { UnsafePointer(buffer.pointer(to: Int32.self)) }
}
