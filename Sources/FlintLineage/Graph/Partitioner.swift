/// Which partition a key belongs to, as far as the graph must know: two datasets with equal partitioners have equal keys in
/// equal partitions, and can be joined without a shuffle.
public struct Partitioner: Hashable, Sendable, CustomStringConvertible {
  /// How a key finds its partition.
  public enum Scheme: Hashable, Sendable {
    /// By the key's own hash; `key` names its type.
    case hash(key: String)
    /// By ranges of keys. Two sets of ranges are equal only when they came from the same sample.
    case range(sample: UInt64)
    /// By a row's turn; says nothing about keys.
    case roundRobin
    /// By a function of the user's, which `name` identifies.
    case custom(name: String)
  }

  /// How a key finds its partition.
  public let scheme: Scheme
  /// How many partitions there are; at least 1.
  public let partitionCount: Int

  /// A partitioner into `partitionCount` partitions.
  public init(_ scheme: Scheme, partitionCount: Int) {
    precondition(partitionCount >= 1, "a partitioner into \(partitionCount) partitions")
    self.scheme = scheme
    self.partitionCount = partitionCount
  }

  /// Whether equal keys are sure to meet in one partition.
  public var placesKeys: Bool { scheme != .roundRobin }

  /// Such as `hash of String into 8`.
  public var description: String {
    switch scheme {
    case .hash(let key): "hash of \(key) into \(partitionCount)"
    case .range: "ranges, \(partitionCount)"
    case .roundRobin: "in turn into \(partitionCount)"
    case .custom(let name): "\(name) into \(partitionCount)"
    }
  }
}
