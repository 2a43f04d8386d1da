internal import CFlint
internal import FlintCore
internal import Glibc

/// Numbers texts by their first appearance. A slot holds the first and the last eight bytes, eight between them, and the
/// length, so that texts of up to 24 bytes, and most that differ, are compared without looking elsewhere.
struct TextTable {
  struct Slot: BitwiseCopyable {
    var prefix: UInt64
    var middle: UInt64
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
  /// Whether there are any others.
  private var hasLong = false
  private let memory: ColumnMemory

  /// Slots at first: as many as fit a page or two, for there are many tables of few texts.
  private static let fewest = 128

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    slotCount = Self.fewest
    buffer = try memory.buffer(slotCount * MemoryLayout<Slot>.stride, isZeroed: true)
    starts = try memory.buffer(slotCount * 8)
    bytes = try memory.buffer(slotCount * 16)
    singles = try memory.buffer(257 * 4, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes + starts.heldBytes + bytes.heldBytes }

  /// Writes the number of each text, `null` for null; new ones are added, and the rows in which they came are written to
  /// `fresh`. Returns how many those are.
  mutating func insert(
    _ texts: KeyTexts, _ numbers: UnsafeMutablePointer<Int32>, null: Int32, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    let missing = try memory.buffer(HashStep.rows * 4)
    let missingRows = missing.pointer(to: Int32.self)
    var freshCount = 0
    for start in stride(from: 0, to: texts.count, by: HashStep.rows) {
      let rows = start..<min(start + HashStep.rows, texts.count)
      let missingCount = find(texts, rows, numbers, null: null, missing: missingRows)
      if missingCount == 0 { continue }
      try reserve(texts, rows)
      for index in 0..<missingCount {
        let row = Int(missingRows[index])
        guard let text = texts.text(row) else { continue }
        let known = used
        numbers[row] = number(text.start, count: text.count)
        fresh[freshCount] = Int32(truncatingIfNeeded: row)
        freshCount &+= used &- known
      }
    }
    withExtendedLifetime(missing) {}
    return freshCount
  }

  /// A number that no text has.
  mutating func takeNumber() throws(FlintError) -> Int32 {
    if used * 8 >= starts.count { try grow(slotCount * 2) }
    starts.pointer(to: Int.self)[used] = byteCount
    used += 1
    return Int32(truncatingIfNeeded: used - 1)
  }

  /// Writes the number of each text, -1 for null and for one that is not there.
  func find(_ texts: KeyTexts, _ numbers: UnsafeMutablePointer<Int32>) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: HashStep.rows) { room in
      guard let missing = room.baseAddress else { return }
      for start in stride(from: 0, to: texts.count, by: HashStep.rows) {
        _ = find(texts, start..<min(start + HashStep.rows, texts.count), numbers, null: -1, missing: missing)
      }
    }
  }

  /// Writes the number of each text in `rows`, `null` for null, -1 for one that is not there; the rows of these are written
  /// to `missing`. Returns how many those are.
  private func find(
    _ texts: KeyTexts, _ rows: Range<Int>, _ numbers: UnsafeMutablePointer<Int32>, null: Int32,
    missing: UnsafeMutablePointer<Int32>
  ) -> Int {
    let probe = TextProbe(
      slots: buffer.pointer(), mask: slotCount &- 1, singles: UnsafePointer(singles.pointer(to: Int32.self)),
      bytes: bytes.start, starts: UnsafePointer(starts.pointer(to: Int.self)))
    if !hasLong, let count = probe.findSingles(texts, rows, numbers, null: null, missing: missing) { return count }
    if slotCount <= HashStep.cached { return probe.find(texts, rows, numbers, null: null, missing: missing) }
    let first = rows.lowerBound
    var missingCount = 0
    HashStep.forEach(
      rows.count, prefetching: probe.slots, isLarge: true, mask: probe.mask, hash: { texts.hash(first &+ $0) }
    ) { offset, slot in
      let row = first &+ offset
      guard let text = texts.text(row) else {
        numbers[row] = null
        return
      }
      let number = probe.number(text.start, count: text.count, from: slot)
      numbers[row] = number
      missing[missingCount] = Int32(truncatingIfNeeded: row)
      missingCount &+= number < 0 ? 1 : 0
    }
    return missingCount
  }

  /// The number of a text, a new one if it has none. There is room for it.
  private mutating func number(_ text: UnsafeRawPointer, count: Int) -> Int32 {
    if count <= 1 {
      let place = singles.pointer(to: Int32.self) + TextProbe.single(text, count: count)
      if place.pointee == 0 { place.pointee = append(text, count: count) &+ 1 }
      return place.pointee &- 1
    }
    let slots = buffer.pointer(to: Slot.self)
    let mask = slotCount &- 1
    let key = TextKey(text, count: count)
    var slot = Int(truncatingIfNeeded: key.hash) & mask
    while slots[slot].number != 0 {
      if key.isSame(slots[slot], bytes.start, starts.pointer()) {
        return Int32(truncatingIfNeeded: slots[slot].number) &- 1
      }
      slot = (slot &+ 1) & mask
    }
    let number = append(text, count: count)
    hasLong = true
    slots[slot] = Slot(
      prefix: key.prefix, middle: key.middle, suffix: key.suffix, length: UInt32(truncatingIfNeeded: count),
      number: UInt32(bitPattern: number) &+ 1)
    return number
  }

  /// Keeps a new text, and returns its number.
  private mutating func append(_ text: UnsafeRawPointer, count: Int) -> Int32 {
    starts.pointer(to: Int.self)[used] = byteCount
    memcpy(bytes.start + byteCount, text, count)
    byteCount &+= count
    used &+= 1
    return Int32(truncatingIfNeeded: used &- 1)
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
