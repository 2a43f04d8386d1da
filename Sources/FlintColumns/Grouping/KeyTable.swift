internal import CFlint
internal import FlintCore
internal import Glibc

/// Numbers keys of one or two words by their first appearance: open addressing, with room for at least a third more.
struct KeyTable<Key: TableKey> {
  struct Slot: BitwiseCopyable {
    var key: Key
    /// The key's number plus one; 0 in a free slot.
    var number: UInt32
  }

  /// How many keys are here.
  private(set) var used = 0
  /// The number that the next key gets. Some may have been given to keys that are elsewhere.
  var next = 0
  private var slotCount: Int
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  /// Slots at first: as many as fit a page or two, for there are many tables of few keys.
  private static var fewest: Int { 128 }

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    slotCount = Self.fewest
    buffer = try memory.buffer(slotCount * MemoryLayout<Slot>.stride, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes }

  /// Slots of a table that has room for `count` keys, and is no larger than `current` unless it must be.
  static func slotCount(_ count: Int, from current: Int = 1024) -> Int {
    var wanted = current
    while count * 4 > wanted * 3 { wanted *= 2 }
    return wanted
  }

  /// Whether the table grows before it takes in `more` keys.
  func mustGrow(_ more: Int) -> Bool { (used + more) * 4 > slotCount * 3 }

  /// Writes the number of each of the keys in `rows`; new ones are added, and the rows in which they came are written to
  /// `fresh`. Returns how many those are.
  mutating func insert(
    _ keys: KeyBatch, _ rows: Range<Int>, _ numbers: UnsafeMutablePointer<Int32>, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    var start = rows.lowerBound
    var freshCount = 0
    while start < rows.upperBound {
      let count = min(HashStep.rows, rows.upperBound - start)
      try reserve(count)
      let slots = buffer.pointer(to: Slot.self)
      let mask = slotCount &- 1
      var next = next
      let before = freshCount
      let words = KeyWords(keys, from: start)
      HashStep.forEach(
        count, prefetching: slots, isLarge: slotCount > HashStep.cached, mask: mask,
        hash: { Key(words, $0).hash }
      ) { row, slot in
        let key = Key(words, row)
        var slot = slot
        while true {
          let entry = slots[slot]
          if entry.number == 0 {
            next &+= 1
            slots[slot] = Slot(key: key, number: UInt32(truncatingIfNeeded: next))
            numbers[start &+ row] = Int32(truncatingIfNeeded: next &- 1)
            fresh[freshCount] = Int32(truncatingIfNeeded: start &+ row)
            freshCount &+= 1
            return
          }
          if entry.key.isSame(key) {
            numbers[start &+ row] = Int32(truncatingIfNeeded: entry.number) &- 1
            return
          }
          slot = (slot &+ 1) & mask
        }
      }
      self.next = next
      used += freshCount - before
      start += count
    }
    return freshCount
  }

  /// Writes the number of each key, -1 for one that is not there.
  func find(_ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>) {
    for start in stride(from: 0, to: keys.count, by: HashStep.rows) {
      find(KeyWords(keys, from: start), min(HashStep.rows, keys.count - start), numbers + start)
    }
  }

  /// Writes the number of each of up to ``HashStep/rows`` keys, -1 for one that is not there.
  func find(_ words: KeyWords, _ count: Int, _ numbers: UnsafeMutablePointer<Int32>) {
    let slots = buffer.pointer(to: Slot.self)
    let mask = slotCount &- 1
    HashStep.forEach(
      count, prefetching: slots, isLarge: slotCount > HashStep.cached, mask: mask,
      hash: { Key(words, $0).hash }
    ) { row, slot in
      numbers[row] = number(of: Key(words, row), from: slot, slots, mask)
    }
  }

  /// The number of one key, -1 when it is not there.
  func find(_ key: Key) -> Int32 {
    let mask = slotCount &- 1
    return number(of: key, from: Int(truncatingIfNeeded: key.hash) & mask, buffer.pointer(to: Slot.self), mask)
  }

  @inline(__always)
  private func number(of key: Key, from slot: Int, _ slots: UnsafeMutablePointer<Slot>, _ mask: Int) -> Int32 {
    var slot = slot
    while true {
      let entry = slots[slot]
      // A free slot ends the search too, and its number is the one that stands for nothing.
      if entry.number == 0 || entry.key.isSame(key) { return Int32(truncatingIfNeeded: entry.number) &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  /// Adds a key that is not there, with a number that it has already.
  mutating func add(_ key: Key, number: Int32) throws(FlintError) {
    try reserve(1)
    put(Slot(key: key, number: UInt32(bitPattern: number) + 1), buffer.pointer(to: Slot.self), slotCount &- 1)
    used += 1
  }

  /// Calls `body` with each key and its number.
  func forEach(_ body: (Key, Int32) throws(FlintError) -> Void) throws(FlintError) {
    let slots = buffer.pointer(to: Slot.self)
    for index in 0..<slotCount where slots[index].number != 0 {
      try body(slots[index].key, Int32(truncatingIfNeeded: slots[index].number) &- 1)
    }
  }

  private mutating func reserve(_ more: Int) throws(FlintError) {
    guard mustGrow(more) else { return }
    let wanted = Self.slotCount(used + more, from: slotCount * 2)
    let larger = try memory.buffer(wanted * MemoryLayout<Slot>.stride, isZeroed: true)
    let old = buffer.pointer(to: Slot.self)
    let slots = larger.pointer(to: Slot.self)
    for index in 0..<slotCount where old[index].number != 0 { put(old[index], slots, wanted &- 1) }
    buffer = larger
    slotCount = wanted
  }

  @inline(__always)
  private func put(_ entry: Slot, _ slots: UnsafeMutablePointer<Slot>, _ mask: Int) {
    var slot = Int(truncatingIfNeeded: entry.key.hash) & mask
    while slots[slot].number != 0 { slot = (slot &+ 1) & mask }
    slots[slot] = entry
  }
}
