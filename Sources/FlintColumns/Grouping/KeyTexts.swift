/// Texts that are looked for: those of some rows, behind each of which 16 bytes may be read.
struct KeyTexts {
  let count: Int
  let offsets: UnsafePointer<Int32>
  let bytes: UnsafeRawPointer
  let rows: UnsafePointer<Int32>?
  let there: BitPointer?

  init(_ vector: Vector, rows: UnsafePointer<Int32>?, count: Int) {
    self.count = count
    self.rows = rows
    offsets = vector.offsets
    bytes = UnsafeRawPointer(vector.bytes)
    there = vector.validity?.bits
  }

  @inline(__always)
  func text(_ index: Int) -> (start: UnsafeRawPointer, count: Int)? {
    let row = rows.map { Int($0[index]) } ?? index
    if let there, !there[row] { return nil }
    let start = Int(offsets[row])
    return (bytes + start, Int(offsets[row &+ 1]) &- start)
  }

  @inline(__always)
  func hash(_ index: Int) -> UInt64 {
    guard let text = text(index) else { return 0 }
    return TextKey(text.start, count: text.count).hash
  }

  func byteCount(_ range: Range<Int>) -> Int {
    guard let rows else { return Int(offsets[range.upperBound] - offsets[range.lowerBound]) }
    return range.reduce(0) { $0 + Int(offsets[Int(rows[$1]) + 1] - offsets[Int(rows[$1])]) }
  }
}
