/// Where the texts of a table are looked for.
struct TextProbe {
  let slots: UnsafeMutablePointer<TextTable.Slot>
  let mask: Int
  let singles: UnsafePointer<Int32>
  let bytes: UnsafeRawPointer
  let starts: UnsafePointer<Int>

  /// Where a text of one byte has its number, or the empty one.
  @inline(__always)
  static func single(_ text: UnsafeRawPointer, count: Int) -> Int {
    count == 0 ? 256 : Int(text.load(as: UInt8.self))
  }

  /// The number of a text, -1 if it is not there.
  @inline(__always)
  func number(_ text: UnsafeRawPointer, count: Int, from slot: Int? = nil) -> Int32 {
    if count <= 1 { return singles[Self.single(text, count: count)] &- 1 }
    let key = TextKey(text, count: count)
    var slot = slot ?? Int(truncatingIfNeeded: key.hash) & mask
    while true {
      let number = Int32(truncatingIfNeeded: slots[slot].number) &- 1
      if key.isSame(slots[slot], bytes, starts) || number < 0 { return number }
      slot = (slot &+ 1) & mask
    }
  }

  /// As ``TextTable``'s own, where the table is small. Loops are functions of their own, so that what they need stays in
  /// registers.
  @inline(never)
  func find(
    _ texts: KeyTexts, _ range: Range<Int>, _ numbers: UnsafeMutablePointer<Int32>, null: Int32,
    missing: UnsafeMutablePointer<Int32>
  ) -> Int {
    let offsets = texts.offsets
    let start = texts.bytes
    let there = texts.there
    var missingCount = 0
    @inline(__always)
    func find(_ index: Int, _ row: Int) {
      if let there, !there[row] {
        numbers[index] = null
        return
      }
      let first = Int(offsets[row])
      let number = number(start + first, count: Int(offsets[row &+ 1]) &- first)
      numbers[index] = number
      missing[missingCount] = Int32(truncatingIfNeeded: index)
      missingCount &+= number < 0 ? 1 : 0
    }
    if let rows = texts.rows {
      for index in range { find(index, Int(truncatingIfNeeded: rows[index])) }
    } else {
      for row in range { find(row, row) }
    }
    return missingCount
  }

  /// As ``find(_:_:_:null:missing:)``, of texts of one byte or none; nil when one is longer.
  @inline(never)
  func findSingles(
    _ texts: KeyTexts, _ range: Range<Int>, _ numbers: UnsafeMutablePointer<Int32>, null: Int32,
    missing: UnsafeMutablePointer<Int32>
  ) -> Int? {
    let offsets = texts.offsets
    let start = texts.bytes
    let there = texts.there
    var missingCount = 0
    var lengths: UInt32 = 0
    @inline(__always)
    func find(_ index: Int, _ row: Int) {
      let first = offsets[row]
      let length = UInt32(bitPattern: offsets[row &+ 1] &- first)
      lengths |= length
      let byte = Int((start + Int(first)).load(as: UInt8.self))
      let number = singles[length == 0 ? 256 : byte] &- 1
      let isNull = there.map { !$0[row] } ?? false
      numbers[index] = isNull ? null : number
      missing[missingCount] = Int32(truncatingIfNeeded: index)
      missingCount &+= isNull ? 0 : Int(truncatingIfNeeded: UInt32(bitPattern: number) &>> 31)
    }
    if let rows = texts.rows {
      for index in range { find(index, Int(truncatingIfNeeded: rows[index])) }
    } else {
      for row in range { find(row, row) }
    }
    return lengths <= 1 ? missingCount : nil
  }
}
