/// Keys into partitions by ranges: every key of a partition comes before every key of the next one.
public struct RangePartitioning<Key: Comparable> {
  /// The largest key of each partition but the last, in the order of the output, each once.
  public let splitters: [Key]
  /// How many partitions there are; those that have no range stay empty.
  public let count: Int
  /// Whether the largest keys come first.
  public let isDescending: Bool

  /// Ranges that end with `splitters`.
  @inlinable
  public init(splitters: [Key], count: Int, isDescending: Bool = false) {
    precondition(splitters.count < count, "\(splitters.count) splitters for \(count) partitions")
    self.splitters = splitters
    self.count = count
    self.isDescending = isDescending
  }

  /// The partition of a key. Equal keys have the same one.
  @inlinable
  public func partition(of key: Key) -> Int {
    var low = 0
    var high = splitters.count
    while low < high {
      let middle = (low &+ high) &>> 1
      let isBeyond = isDescending ? key < splitters[middle] : splitters[middle] < key
      if isBeyond { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Ranges of about equal weight, from a sample in which each key stands for so many rows.
  @inlinable
  public init(sample: [(key: Key, weight: Double)], count: Int, isDescending: Bool = false) {
    let sorted = sample.sorted { isDescending ? $1.key < $0.key : $0.key < $1.key }
    let share = sorted.reduce(0) { $0 + $1.weight } / Double(count)
    var splitters: [Key] = []
    var weight = 0.0
    for entry in sorted where splitters.count < count - 1 {
      weight += entry.weight
      guard weight >= share * Double(splitters.count + 1) else { continue }
      // A key that weighs as much as several partitions ends one only.
      if let last = splitters.last, !(isDescending ? entry.key < last : last < entry.key) { continue }
      splitters.append(entry.key)
    }
    self.init(splitters: splitters, count: count, isDescending: isDescending)
  }
}

extension RangePartitioning: Sendable where Key: Sendable {}
