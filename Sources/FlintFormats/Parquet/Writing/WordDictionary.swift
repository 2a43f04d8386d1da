internal import FlintColumns

/// The different values of a chunk, of 32 or 64 bits each, and their numbers.
struct WordDictionary {
  private let width: Int
  private let limit: Int
  private let memory: ColumnMemory
  /// The values in the order of their numbers.
  private var values: ByteSink
  /// For each place of a table the number of a value, and one more; 0 for none.
  private var table: ColumnBuffer
  private var tableBits: Int
  private var codes: ColumnBuffer
  /// Whether no more values are taken: they would be too many to be worth it.
  private(set) var isFull = false
  /// Whether a page has numbers of it.
  private(set) var isUsed = false

  init(width: Int, limit: Int, _ memory: ColumnMemory) throws(FormatFault) {
    self.width = width
    self.limit = limit
    self.memory = memory
    values = try ByteSink(memory)
    tableBits = 10
    table = try memory.bytes(4 << tableBits)
    table.zero(0..<4 << tableBits)
    codes = try memory.bytes(0)
  }

  var count: Int { values.count / width }
  var bytes: UnsafeRawBufferPointer { values.bytes }

  /// Writes the numbers of a page's values; false, and nothing, when the dictionary would become too large.
  mutating func encode(_ page: UnsafeRawBufferPointer, to sink: inout ByteSink) throws(FormatFault) -> Bool {
    let total = page.count / width
    if codes.count < total * 4 { codes = try memory.bytes(total * 4) }
    let before = count
    let isComplete =
      width == 4 ? try number(page, UInt32.self, total) : try number(page, UInt64.self, total)
    // Values that hardly repeat are better off without numbers.
    guard isComplete, isUsed || total < 1024 || (count - before) * 4 < total * 3 else {
      isFull = true
      values.truncate(to: before * width)
      return false
    }
    isUsed = true
    try CodePage.write(codes.pointer(to: UInt32.self), count: total, of: count, to: &sink)
    return true
  }

  private mutating func number<Word: FixedWidthInteger & BitwiseCopyable>(
    _ page: UnsafeRawBufferPointer, _: Word.Type, _ total: Int
  ) throws(FormatFault) -> Bool {
    guard let start = page.baseAddress else { return true }
    var done = 0
    while done < total {
      // At least every other place of the table is free, also after the next step.
      let step = min(total - done, 1024)
      while (count + step) * 2 > 1 << tableBits { try grow(Word.self) }
      let room = try values.reserve(step * width)
      let added = Self.number(
        start + done * width, step, first: count, (room - values.count).assumingMemoryBound(to: Word.self),
        table.pointer(to: UInt32.self), tableBits, codes.pointer(to: UInt32.self) + done)
      values.add(added * width)
      guard values.count <= limit else { return false }
      done += step
    }
    return true
  }

  @inline(__always)
  private static func number<Word: FixedWidthInteger & BitwiseCopyable>(
    _ source: UnsafeRawPointer, _ count: Int, first: Int, _ values: UnsafeMutablePointer<Word>,
    _ table: UnsafeMutablePointer<UInt32>, _ bits: Int, _ codes: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let source = source.assumingMemoryBound(to: Word.self)
    let mask = 1 &<< bits &- 1
    var next = first
    for index in 0..<count {
      let value = source[index]
      var place = slot(value, bits)
      while true {
        let entry = table[place]
        if entry == 0 {
          values[next] = value
          next &+= 1
          table[place] = UInt32(truncatingIfNeeded: next)
          codes[index] = UInt32(truncatingIfNeeded: next &- 1)
          break
        }
        if values[Int(entry &- 1)] == value {
          codes[index] = entry &- 1
          break
        }
        place = (place &+ 1) & mask
      }
    }
    return next &- first
  }

  @inline(__always)
  private static func slot(_ value: some FixedWidthInteger, _ bits: Int) -> Int {
    let hash = UInt64(truncatingIfNeeded: value) &* 0x9E37_79B9_7F4A_7C15
    let mixed = (hash ^ hash &>> 32) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: mixed &>> UInt64(64 &- bits))
  }

  private mutating func grow<Word: FixedWidthInteger & BitwiseCopyable>(_: Word.Type) throws(FormatFault) {
    tableBits += 1
    table = try memory.bytes(4 << tableBits)
    table.zero(0..<4 << tableBits)
    let (entries, mask) = (table.pointer(to: UInt32.self), 1 << tableBits - 1)
    let values = values.start.assumingMemoryBound(to: Word.self)
    for index in 0..<count {
      var place = Self.slot(values[index], tableBits)
      while entries[place] != 0 { place = (place &+ 1) & mask }
      entries[place] = UInt32(index + 1)
    }
  }
}
