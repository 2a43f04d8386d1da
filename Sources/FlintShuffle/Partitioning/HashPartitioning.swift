public import FlintLineage

/// Keys into partitions by their hash.
public struct HashPartitioning: Hashable, Sendable {
  /// How many partitions there are.
  public let count: Int

  /// Into `count` partitions, at least 1 and less than 2³².
  @inlinable
  public init(_ count: Int) {
    KeyHash.requireKnownTexts()
    precondition((1..<1 << 32).contains(count), "\(count) partitions")
    self.count = count
  }

  /// The partition of a hash of ``KeyHash``. It takes the upper half; tables take the lower one.
  @inlinable
  @inline(__always)
  public func partition(ofHash hash: UInt64) -> Int {
    Int(truncatingIfNeeded: ((hash &>> 32) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// The partition of a key.
  @inlinable
  @inline(__always)
  public func partition<Key: Hashable>(of key: Key) -> Int { partition(ofHash: KeyHash.of(key)) }

  /// What the graph knows of a partitioning of `Key`s into `count` partitions.
  public static func partitioner<Key>(of _: Key.Type, into count: Int) -> Partitioner {
    Partitioner(.hash(key: String(reflecting: Key.self)), partitionCount: count)
  }
}
