/// One column of the rows of some bytes: where each field lies.
struct CSVCells {
  let bytes: UnsafePointer<UInt8>
  let ends: UnsafePointer<UInt32>
  let rows: UnsafePointer<UInt32>
  /// How many rows there are.
  let count: Int
  /// The field's number in a row.
  let column: Int
  /// Whether a carriage return before a line feed is no part of the field: of the last one in a record.
  let stripsReturn: Bool

  /// Where the field of a row begins, and how long it is; a missing one has a negative length.
  @inline(__always)
  func place(_ row: Int) -> (start: Int, count: Int) {
    let index = Int(rows[row]) &+ column
    let start = Int(ends[index &- 1] &+ 1)
    let end = Int(ends[index])
    var count = end &- start
    if stripsReturn, count > 0, bytes[end] == UInt8(ascii: "\n"), bytes[end &- 1] == UInt8(ascii: "\r") { count &-= 1 }
    return (start, count)
  }
}
