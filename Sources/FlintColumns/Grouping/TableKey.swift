/// A key of fixed size in a table.
protocol TableKey: BitwiseCopyable {
  init(_ words: KeyWords, _ row: Int)
  var hash: UInt64 { get }
  func isSame(_ other: Self) -> Bool
}

/// Where the words of keys lie.
struct KeyWords {
  let low: UnsafePointer<UInt64>
  let high: UnsafePointer<UInt64>?
  let nulls: UnsafePointer<UInt32>?

  init(low: UnsafePointer<UInt64>, high: UnsafePointer<UInt64>?, nulls: UnsafePointer<UInt32>?) {
    self.low = low
    self.high = high
    self.nulls = nulls
  }

  init(_ keys: KeyBatch, from row: Int) {
    low = UnsafePointer(keys.low + row)
    high = keys.high.map { UnsafePointer($0 + row) }
    nulls = keys.nulls.map { UnsafePointer($0 + row) }
  }
}

/// Up to 64 bits, and which columns are null.
struct OneWordKey: TableKey {
  let word: UInt64
  private let nulls: UInt32

  @inline(__always)
  init(_ words: KeyWords, _ row: Int) {
    word = words.low[row]
    nulls = words.nulls?[row] ?? 0
  }

  /// A key without a null.
  init(_ word: UInt64) {
    self.word = word
    nulls = 0
  }

  var hasNull: Bool { nulls != 0 }

  @inline(__always)
  var hash: UInt64 { Mixer.hash(word ^ UInt64(nulls) &<< 32) }

  @inline(__always)
  func isSame(_ other: OneWordKey) -> Bool { (word ^ other.word) | UInt64(nulls ^ other.nulls) == 0 }
}

/// Up to 128 bits, and which columns are null.
struct TwoWordKey: TableKey {
  private let low: UInt64
  private let high: UInt64
  private let nulls: UInt32

  @inline(__always)
  init(_ words: KeyWords, _ row: Int) {
    low = words.low[row]
    high = words.high.unsafelyUnwrapped[row]
    nulls = words.nulls?[row] ?? 0
  }

  @inline(__always)
  var hash: UInt64 { Mixer.hash(high, after: Mixer.hash(low ^ UInt64(nulls) &<< 32)) }

  @inline(__always)
  func isSame(_ other: TwoWordKey) -> Bool {
    (low ^ other.low) | (high ^ other.high) | UInt64(nulls ^ other.nulls) == 0
  }
}
