internal import FlintColumns
internal import Glibc

/// The different texts of a chunk, and their numbers.
struct TextDictionary {
  private struct Entry {
    var hash: UInt32
    /// The number of a text, and one more; 0 for none.
    var number: UInt32
  }

  private let limit: Int
  private let memory: ColumnMemory
  /// The texts in the order of their numbers.
  private(set) var texts: TextStore
  private var table: ColumnBuffer
  private var tableBits: Int

  init(limit: Int, _ memory: ColumnMemory) throws(FormatFault) {
    self.limit = limit
    self.memory = memory
    texts = try TextStore(capacity: 256, size: 4096, memory)
    tableBits = 10
    table = try memory.bytes(8 << tableBits)
    table.zero(0..<8 << tableBits)
  }

  /// The number of a text, which gets one if it has none; nil when the dictionary would become too large.
  mutating func number(_ text: UnsafeRawBufferPointer) throws(FormatFault) -> UInt32? {
    let hash = Self.hash(text)
    let entries = table.pointer(to: Entry.self)
    let (ends, bytes) = (texts.ends, texts.bytes.start)
    let mask = 1 << tableBits - 1
    var place = Int(hash >> UInt32(32 - tableBits))
    while true {
      let entry = entries[place]
      if entry.number == 0 { break }
      if entry.hash == hash {
        let number = Int(entry.number) - 1
        let start = Int(ends[number - 1])
        if Int(ends[number]) - start == text.count, Self.isSame(bytes + start, text) { return entry.number - 1 }
      }
      place = (place &+ 1) & mask
    }
    guard texts.size + 4 * texts.count + text.count <= limit else { return nil }
    try texts.append(text)
    entries[place] = Entry(hash: hash, number: UInt32(texts.count))
    if texts.count * 2 > 1 << tableBits { try grow() }
    return UInt32(texts.count - 1)
  }

  /// Forgets the texts behind the first `count`. No text gets a number from then on.
  mutating func forget(behind count: Int) { texts.truncate(to: count) }

  @inline(__always)
  private static func isSame(_ known: UnsafeMutableRawPointer, _ text: UnsafeRawBufferPointer) -> Bool {
    guard let start = text.baseAddress else { return true }
    return memcmp(known, start, text.count) == 0
  }

  @inline(__always)
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: text.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index &+ 8 <= text.count {
      hash = mix(hash ^ text.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var (rest, shift) = (UInt64(0), UInt64(0))
    while index < text.count {
      rest |= UInt64(text[index]) &<< shift
      shift &+= 8
      index &+= 1
    }
    return UInt32(truncatingIfNeeded: mix(hash ^ rest) &>> 32)
  }

  @inline(__always)
  private static func mix(_ word: UInt64) -> UInt64 {
    let (high, low) = word.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return high ^ low
  }

  private mutating func grow() throws(FormatFault) {
    let (old, oldCount) = (table, 1 << tableBits)
    tableBits += 1
    table = try memory.bytes(8 << tableBits)
    table.zero(0..<8 << tableBits)
    let (entries, mask) = (table.pointer(to: Entry.self), 1 << tableBits - 1)
    let before = old.pointer(to: Entry.self)
    for index in 0..<oldCount where before[index].number != 0 {
      var place = Int(before[index].hash >> UInt32(32 - tableBits))
      while entries[place].number != 0 { place = (place &+ 1) & mask }
      entries[place] = before[index]
    }
    withExtendedLifetime(old) {}
  }
}
