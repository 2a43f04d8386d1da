internal import FlintCore

/// Which words are keys: a bit for each word between the least and the greatest.
///
/// It is a small part of a table of keys that lie apart, stays in the cache where the table does not, and takes no hash. So
/// what is looked for in vain costs little.
struct KeySieve: Sendable {
  private let words: KeySpan.Words
  private let bits: ColumnBuffer

  /// Nil for keys that lie too far apart.
  init?(_ table: KeyTable<OneWordKey>, _ memory: ColumnMemory) throws(FlintError) {
    var found: KeySpan.Words?
    try table.forEach { (key, _) throws(FlintError) in
      if !key.hasNull { found = WordTable.union(found, Int64(bitPattern: key.word)...Int64(bitPattern: key.word)) }
    }
    guard let words = found, let count = KeySpan.count(words), count / 8 <= max(Self.small, table.heldBytes / 2) else {
      return nil
    }
    self.words = words
    // The bit behind the last stands for all words that are not between them.
    bits = try memory.buffer(count / 8 + 1, isZeroed: true)
    let base = UInt64(bitPattern: words.lowerBound)
    let bytes = bits.pointer(to: UInt8.self)
    try table.forEach { (key, _) throws(FlintError) in
      if !key.hasNull { Bits.write(bytes, Int(key.word &- base), true) }
    }
  }

  /// Bytes that stay in a cache near the processor.
  private static let small = 1 << 18

  var heldBytes: Int { bits.heldBytes }

  /// Writes the rows whose words are keys; returns how many these are.
  func rows(_ keys: UnsafePointer<UInt64>, _ count: Int, _ rows: UnsafeMutablePointer<Int32>) -> Int {
    let base = UInt64(bitPattern: words.lowerBound)
    let end = UInt64(bitPattern: words.upperBound) &- base &+ 1
    let bytes = bits.pointer(to: UInt8.self)
    var found = 0
    for row in 0..<count {
      let place = min(keys[row] &- base, end)
      rows[found] = Int32(truncatingIfNeeded: row)
      found &+= Int(truncatingIfNeeded: bytes[Int(truncatingIfNeeded: place &>> 3)] &>> UInt8(place & 7) & 1)
    }
    return found
  }
}
