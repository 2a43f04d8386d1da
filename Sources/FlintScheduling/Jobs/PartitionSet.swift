internal import FlintCore

/// A set of partitions of one dataset: a bit each, so that a million cost 128 kB, and walked in rising order.
struct PartitionSet: Hashable, Sendable {
  private var words: [UInt64]
  /// How many partitions are in it.
  private(set) var count = 0

  /// No partition of `capacity`.
  init(capacity: Int) {
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  /// These partitions of `capacity`; others are a programmer's error.
  init(_ partitions: [PartitionID], capacity: Int) {
    self.init(capacity: capacity)
    for partition in partitions { insert(partition) }
  }

  var isEmpty: Bool { count == 0 }

  func contains(_ partition: PartitionID) -> Bool {
    let (word, bit) = PartitionSet.place(of: partition)
    return word < words.count && words[word] & bit != 0
  }

  /// Returns whether it was not in there yet.
  @discardableResult
  mutating func insert(_ partition: PartitionID) -> Bool {
    let (word, bit) = PartitionSet.place(of: partition)
    guard words[word] & bit == 0 else { return false }
    words[word] |= bit
    count += 1
    return true
  }

  /// Returns whether it was in there.
  @discardableResult
  mutating func remove(_ partition: PartitionID) -> Bool {
    guard contains(partition) else { return false }
    let (word, bit) = PartitionSet.place(of: partition)
    words[word] &= ~bit
    count -= 1
    return true
  }

  /// Its partitions in rising order.
  var partitions: [PartitionID] {
    var result: [PartitionID] = []
    result.reserveCapacity(count)
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        result.append(PartitionID(rawValue: UInt64(index * 64 + rest.trailingZeroBitCount)))
        rest &= rest - 1
      }
    }
    return result
  }

  private static func place(of partition: PartitionID) -> (word: Int, bit: UInt64) {
    (Int(partition.rawValue / 64), 1 << (partition.rawValue % 64))
  }
}
