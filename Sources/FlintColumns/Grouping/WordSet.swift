internal import FlintCore

/// A set of words of which none is zero: open addressing, with room for at least a third more.
///
/// The place of a word is the high bits of its hash. So when the table grows, the old one and the new one are walked from
/// end to end, and no memory is waited for.
struct WordSet {
  private(set) var count = 0
  private(set) var slotCount = 1024
  private var buffer: ColumnBuffer
  private let memory: ColumnMemory

  init(_ memory: ColumnMemory) throws(FlintError) {
    self.memory = memory
    buffer = try memory.buffer(slotCount * 8, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes }

  /// Bytes of the table that must be made before `more` words are added; 0 when there is room for them.
  func growth(for more: Int) -> Int { count(for: more) > slotCount ? count(for: more) * 8 : 0 }

  /// Adds words; writes the places of those that are new to `fresh`, in their order, and returns how many these are.
  mutating func insert(
    _ words: UnsafePointer<UInt64>, _ wordCount: Int, fresh: UnsafeMutablePointer<Int32>
  ) throws(FlintError) -> Int {
    var freshCount = 0
    for start in stride(from: 0, to: wordCount, by: HashStep.rows) {
      let step = min(HashStep.rows, wordCount - start)
      try reserve(step)
      let slots = buffer.pointer(to: UInt64.self)
      let mask = slotCount &- 1
      let some = words + start
      let shift = shift
      let before = freshCount
      HashStep.forEach(
        step, prefetching: slots, isLarge: slotCount > HashStep.cached, mask: mask,
        hash: { Mixer.hash(some[$0]) &>> shift }
      ) { row, slot in
        let word = some[row]
        var slot = slot
        while slots[slot] != 0 {
          if slots[slot] == word { return }
          slot = (slot &+ 1) & mask
        }
        slots[slot] = word
        fresh[freshCount] = Int32(truncatingIfNeeded: start &+ row)
        freshCount &+= 1
      }
      count += freshCount - before
    }
    return freshCount
  }

  /// Calls `body` with each word in some of the slots.
  func forEach(in range: Range<Int>, _ body: (UInt64) -> Void) {
    let slots = buffer.pointer(to: UInt64.self)
    for slot in range where slots[slot] != 0 { body(slots[slot]) }
  }

  /// Bits of a hash that are not part of a place.
  private var shift: UInt64 { UInt64(64 - slotCount.trailingZeroBitCount) }

  private func count(for more: Int) -> Int {
    KeyTable<OneWordKey>.slotCount(count + more, from: slotCount)
  }

  private mutating func reserve(_ more: Int) throws(FlintError) {
    let wanted = count(for: more)
    guard wanted > slotCount else { return }
    let (old, oldCount) = (buffer, slotCount)
    buffer = try memory.buffer(wanted * 8, isZeroed: true)
    slotCount = wanted
    let from = old.pointer(to: UInt64.self)
    let slots = buffer.pointer(to: UInt64.self)
    let (mask, shift) = (slotCount &- 1, shift)
    for index in 0..<oldCount where from[index] != 0 {
      var slot = Int(truncatingIfNeeded: Mixer.hash(from[index]) &>> shift)
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = from[index]
    }
    withExtendedLifetime(old) {}
  }
}
