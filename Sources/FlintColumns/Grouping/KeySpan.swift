internal import FlintCore
internal import Glibc

/// The numbers of keys that lie close together, by their distance from the least: nothing is hashed and nothing compared.
struct KeySpan {
  /// The words between two, both included, in the order of signed numbers.
  typealias Words = ClosedRange<Int64>

  let words: Words
  private let count: Int
  /// The number of each word plus one, 0 for none; the last one is that of all words outside.
  private let buffer: ColumnBuffer

  /// No numbers, for the words of `words`, which must be a ``count(_:)`` of them.
  init(_ words: Words, _ memory: ColumnMemory) throws(FlintError) {
    self.words = words
    count = Self.count(words) ?? 0
    buffer = try memory.buffer((count + 1) * 4, isZeroed: true)
  }

  var heldBytes: Int { buffer.heldBytes }

  /// How many words that is; nil for more than can be numbered.
  static func count(_ words: Words) -> Int? {
    let distance = UInt64(bitPattern: words.upperBound &- words.lowerBound)
    return distance < UInt64(Int32.max) ? Int(distance) + 1 : nil
  }

  /// The words of the keys in `rows` without a null; nil when there are none.
  static func words(of keys: KeyBatch, _ rows: Range<Int>) -> Words? {
    var least = Int64.max
    var greatest = Int64.min
    let words = keys.low
    if let nulls = keys.nulls {
      for row in rows {
        let word = Int64(bitPattern: words[row])
        least = nulls[row] == 0 ? min(least, word) : least
        greatest = nulls[row] == 0 ? max(greatest, word) : greatest
      }
    } else {
      for row in rows {
        let word = Int64(bitPattern: words[row])
        least = min(least, word)
        greatest = max(greatest, word)
      }
    }
    return least <= greatest ? least...greatest : nil
  }

  func contains(_ word: UInt64) -> Bool { words.contains(Int64(bitPattern: word)) }

  /// The number of a word, -1 for none.
  subscript(word: UInt64) -> Int32 {
    get { buffer.pointer(to: Int32.self)[Int(word &- base)] &- 1 }
    nonmutating set { buffer.pointer(to: Int32.self)[Int(word &- base)] = newValue &+ 1 }
  }

  /// Writes the number of each key, -1 for one that is not there or has a null, and the rows of these to `missing`. Returns
  /// how many those are.
  func find(
    _ keys: KeyWords, _ count: Int, _ numbers: UnsafeMutablePointer<Int32>, missing: UnsafeMutablePointer<Int32>
  ) -> Int {
    let known = buffer.pointer(to: Int32.self)
    let end = UInt64(self.count)
    let base = base
    var missingCount = 0
    @inline(__always)
    func find(_ row: Int, _ place: UInt64) {
      let number = known[Int(truncatingIfNeeded: place)] &- 1
      numbers[row] = number
      missing[missingCount] = Int32(truncatingIfNeeded: row)
      missingCount &+= Int(truncatingIfNeeded: UInt32(bitPattern: number) &>> 31)
    }
    if let nulls = keys.nulls {
      for row in 0..<count {
        let place = min(keys.low[row] &- base, end)
        find(row, nulls[row] == 0 ? place : end)
      }
    } else {
      for row in 0..<count { find(row, min(keys.low[row] &- base, end)) }
    }
    return missingCount
  }

  /// Calls `body` with each word that has a number.
  func forEach(_ body: (UInt64, Int32) throws(FlintError) -> Void) throws(FlintError) {
    let known = buffer.pointer(to: Int32.self)
    for place in 0..<count where known[place] != 0 {
      try body(base &+ UInt64(place), known[place] &- 1)
    }
  }

  /// The same numbers, for more words.
  func widened(to wider: Words, _ memory: ColumnMemory) throws(FlintError) -> KeySpan {
    let span = try KeySpan(wider, memory)
    let first = Int(words.lowerBound - wider.lowerBound)
    memcpy(span.buffer.start + first * 4, buffer.start, count * 4)
    return span
  }

  private var base: UInt64 { UInt64(bitPattern: words.lowerBound) }
}
