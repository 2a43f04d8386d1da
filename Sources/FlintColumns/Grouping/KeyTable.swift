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

  private(set) var used = 0
  private var slotCount: Int
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    slotCount = 1024
    buffer = try memory.buffer(slotCount * MemoryLayout<Slot>.stride, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes }

  /// Writes the number of each key; new ones are added, and the rows in which they came are written to `fresh`. Returns how
  /// many those are.
  mutating func insert(
    _ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    var start = 0
    var freshCount = 0
    while start < keys.count {
      let count = min(HashStep.rows, keys.count - start)
      try reserve(count)
      let slots = buffer.pointer(to: Slot.self)
      let mask = slotCount &- 1
      var used = used
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
            used &+= 1
            slots[slot] = Slot(key: key, number: UInt32(truncatingIfNeeded: used))
            numbers[start &+ row] = Int32(truncatingIfNeeded: used &- 1)
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
      self.used = used
      start += count
    }
    return freshCount
  }

  /// Writes the number of each key, -1 for one that is not there.
  func find(_ keys: KeyBatch, _ numbers: UnsafeMutablePointer<Int32>) {
    let slots = buffer.pointer(to: Slot.self)
    let mask = slotCount &- 1
    var start = 0
    while start < keys.count {
      let count = min(HashStep.rows, keys.count - start)
      let words = KeyWords(keys, from: start)
      let target = numbers + start
      HashStep.forEach(
        count, prefetching: slots, isLarge: slotCount > HashStep.cached, mask: mask,
        hash: { Key(words, $0).hash }
      ) { row, slot in
        let key = Key(words, row)
        var slot = slot
        while true {
          let entry = slots[slot]
          // A free slot ends the search too, and its number is the one that stands for nothing.
          if entry.number == 0 || entry.key.isSame(key) {
            target[row] = Int32(truncatingIfNeeded: entry.number) &- 1
            return
          }
          slot = (slot &+ 1) & mask
        }
      }
      start += count
    }
  }

  private mutating func reserve(_ more: Int) throws(FlintError) {
    guard (used + more) * 4 > slotCount * 3 else { return }
    var wanted = slotCount * 2
    while (used + more) * 4 > wanted * 3 { wanted *= 2 }
    let larger = try memory.buffer(wanted * MemoryLayout<Slot>.stride, isZeroed: true)
    let old = buffer.pointer(to: Slot.self)
    let slots = larger.pointer(to: Slot.self)
    let mask = wanted &- 1
    for index in 0..<slotCount where old[index].number != 0 {
      var slot = Int(truncatingIfNeeded: old[index].key.hash) & mask
      while slots[slot].number != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = old[index]
    }
    buffer = larger
    slotCount = wanted
  }
}
