internal import CFlint
internal import FlintCore
internal import Glibc

/// Numbers texts by their first appearance. A slot holds the first and the last eight bytes and the length, so that texts of
/// up to 16 bytes, and most that differ, are compared without looking elsewhere.
struct TextTable {
  struct Slot: BitwiseCopyable {
    var prefix: UInt64
    var suffix: UInt64
    var length: UInt32
    /// The text's number plus one; 0 in a free slot.
    var number: UInt32
  }

  private(set) var used = 0
  private var slotCount: Int
  private var buffer: ColumnBuffer
  /// Where each text begins in the bytes.
  private var starts: ColumnBuffer
  private var bytes: ColumnBuffer
  private var byteCount = 0
  /// The numbers plus one of texts of one byte, and of the empty one at the end: they are looked up at once.
  private var singles: ColumnBuffer
  private let memory: ColumnMemory

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    slotCount = 1024
    buffer = try memory.buffer(slotCount * MemoryLayout<Slot>.stride, isZeroed: true)
    starts = try memory.buffer(slotCount * 8)
    bytes = try memory.buffer(8192)
    singles = try memory.buffer(257 * 4, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes + starts.heldBytes + bytes.heldBytes }

  /// Writes the number of each text, -1 for null; new ones are added, and the rows in which they came are written to
  /// `fresh`. Returns how many those are.
  mutating func insert(
    _ texts: KeyTexts, _ numbers: UnsafeMutablePointer<Int32>, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    var start = 0
    var freshCount = 0
    while start < texts.count {
      let count = min(HashStep.rows, texts.count - start)
      try reserve(texts, start..<start + count)
      freshCount = insertReserved(texts, start, count, numbers, fresh, freshCount)
      start += count
    }
    return freshCount
  }

  /// A number that no text has.
  mutating func takeNumber() throws(FlintError) -> Int32 {
    if used * 8 >= starts.count { try grow(slotCount * 2) }
    starts.pointer(to: Int.self)[used] = byteCount
    used += 1
    return Int32(truncatingIfNeeded: used - 1)
  }

  private mutating func insertReserved(
    _ texts: KeyTexts, _ start: Int, _ count: Int, _ numbers: UnsafeMutablePointer<Int32>,
    _ fresh: UnsafeMutablePointer<Int32>, _ known: Int
  ) -> Int {
    let slots = buffer.pointer(to: Slot.self)
    let starts = starts.pointer(to: Int.self)
    let singles = singles.pointer(to: UInt32.self)
    let bytes = bytes.start
    let mask = slotCount &- 1
    var used = used
    var byteCount = byteCount
    var freshCount = known
    @inline(__always)
    func insert(_ row: Int, _ place: Int?) {
      guard let text = texts.text(row) else {
        numbers[row] = -1
        return
      }
      let single = text.count == 0 ? 256 : Int(text.start.load(as: UInt8.self))
      if text.count <= 1, singles[single] != 0 {
        numbers[row] = Int32(truncatingIfNeeded: singles[single]) &- 1
        return
      }
      let key = TextKey(text.start, count: text.count)
      var slot = place ?? Int(truncatingIfNeeded: key.hash) & mask
      while true {
        let entry = slots[slot]
        if entry.number == 0 {
          starts[used] = byteCount
          memcpy(bytes + byteCount, text.start, text.count)
          byteCount &+= text.count
          used &+= 1
          slots[slot] = Slot(
            prefix: key.prefix, suffix: key.suffix, length: UInt32(truncatingIfNeeded: text.count),
            number: UInt32(truncatingIfNeeded: used))
          numbers[row] = Int32(truncatingIfNeeded: used &- 1)
          fresh[freshCount] = Int32(truncatingIfNeeded: row)
          freshCount &+= 1
          if text.count <= 1 { singles[single] = UInt32(truncatingIfNeeded: used) }
          return
        }
        if key.isLike(entry), key.isSameMiddle(bytes, starts, entry) {
          numbers[row] = Int32(truncatingIfNeeded: entry.number) &- 1
          return
        }
        slot = (slot &+ 1) & mask
      }
    }
    if slotCount > HashStep.cached {
      HashStep.forEach(
        count, prefetching: slots, isLarge: true, mask: mask, hash: { texts.hash(start &+ $0) }
      ) { offset, slot in insert(start &+ offset, slot) }
    } else {
      // Its place is computed only for texts that need one.
      for row in start..<start + count { insert(row, nil) }
    }
    self.used = used
    self.byteCount = byteCount
    return freshCount
  }

  /// Writes the number of each text, -1 for null and for one that is not there.
  func find(_ texts: KeyTexts, _ numbers: UnsafeMutablePointer<Int32>) {
    let slots = buffer.pointer(to: Slot.self)
    let starts = starts.pointer(to: Int.self)
    let bytes = bytes.start
    let mask = slotCount &- 1
    var start = 0
    while start < texts.count {
      let count = min(HashStep.rows, texts.count - start)
      let first = start
      HashStep.forEach(
        count, prefetching: slots, isLarge: slotCount > HashStep.cached, mask: mask,
        hash: { texts.hash(first &+ $0) }
      ) { offset, slot in
        let row = first &+ offset
        numbers[row] = -1
        guard let text = texts.text(row) else { return }
        let key = TextKey(text.start, count: text.count)
        var slot = slot
        while slots[slot].number != 0 {
          let entry = slots[slot]
          if key.isLike(entry), key.isSameMiddle(bytes, starts, entry) {
            numbers[row] = Int32(truncatingIfNeeded: entry.number) &- 1
            return
          }
          slot = (slot &+ 1) & mask
        }
      }
      start += count
    }
  }

  private mutating func reserve(_ texts: KeyTexts, _ rows: Range<Int>) throws(FlintError) {
    let needed = byteCount + texts.byteCount(rows)
    if needed > bytes.count {
      let larger = try memory.buffer(max(needed, bytes.count * 2))
      memcpy(larger.start, bytes.start, byteCount)
      bytes = larger
    }
    guard (used + rows.count) * 4 > slotCount * 3 else { return }
    var wanted = slotCount * 2
    while (used + rows.count) * 4 > wanted * 3 { wanted *= 2 }
    try grow(wanted)
  }

  private mutating func grow(_ wanted: Int) throws(FlintError) {
    let largerStarts = try memory.buffer(wanted * 8)
    memcpy(largerStarts.start, starts.start, used * 8)
    let larger = try memory.buffer(wanted * MemoryLayout<Slot>.stride, isZeroed: true)
    let old = buffer.pointer(to: Slot.self)
    let slots = larger.pointer(to: Slot.self)
    let places = starts.pointer(to: Int.self)
    for index in 0..<slotCount where old[index].number != 0 {
      let text = UnsafeRawPointer(bytes.start + places[Int(old[index].number) - 1])
      var slot = Int(truncatingIfNeeded: TextKey(text, count: Int(old[index].length)).hash) & (wanted &- 1)
      while slots[slot].number != 0 { slot = (slot &+ 1) & (wanted &- 1) }
      slots[slot] = old[index]
    }
    starts = largerStarts
    buffer = larger
    slotCount = wanted
  }
}
