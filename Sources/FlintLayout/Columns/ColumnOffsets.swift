/// The offsets of a column of texts or arrays, as they came.
struct ColumnOffsets {
  private let place: UnsafeRawPointer
  /// The last offset: how many bytes or elements there are.
  let total: Int

  /// Reads the offsets of `count` values. The first must be 0; the others are checked one by one.
  init(_ count: Int, from reader: inout ByteReader) throws(LayoutFault) {
    place = try reader.take(4 * (count + 1))
    guard place.loadUnaligned(as: UInt32.self) == 0 else { throw .badOffsets }
    total = Int(place.loadUnaligned(fromByteOffset: 4 * count, as: UInt32.self))
  }

  /// Throws when one of the `count` values ends before its start or beyond the total.
  func check(_ count: Int) throws(LayoutFault) {
    var start = 0
    for index in 0..<count { start = try end(of: index, from: start) }
  }

  /// Where value number `index`, which begins at `start`, ends; throws when that is before its start or beyond the total.
  @inline(__always)
  func end(of index: Int, from start: Int) throws(LayoutFault) -> Int {
    let end = Int(place.loadUnaligned(fromByteOffset: 4 &* index &+ 4, as: UInt32.self))
    if end < start || end > total { throw .badOffsets }
    return end
  }
}
