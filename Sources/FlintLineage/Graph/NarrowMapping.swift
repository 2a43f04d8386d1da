public import FlintCore

/// Which partitions of the parent a partition of a narrow dependency needs. They are computed in the same task.
public enum NarrowMapping: Hashable, Sendable {
  /// The one with the same number.
  case oneToOne
  /// A union: partitions from `start` on are the parent's, counted from 0; the others do not need this parent.
  case offset(start: Int, count: Int)
  /// A coalesce: partition `i` takes those of `groups[i]`.
  case grouped([[Int]])
  /// A pruning: partition `i` is the parent's partition `kept[i]`.
  case selected([Int])

  /// The parent's partitions that `partition` needs; empty when it needs none.
  public func parents(of partition: PartitionID) -> [PartitionID] {
    let index = Int(partition.rawValue)
    switch self {
    case .oneToOne: return [partition]
    case .offset(let start, let count):
      return (start..<start + count).contains(index) ? [PartitionID(rawValue: UInt64(index - start))] : []
    case .grouped(let groups): return groups[index].map { PartitionID(rawValue: UInt64($0)) }
    case .selected(let kept): return [PartitionID(rawValue: UInt64(kept[index]))]
    }
  }

  /// Whether every partition that is asked for lies within a child of `childCount` and a parent of `parentCount`.
  package func fits(childCount: Int, parentCount: Int) -> Bool {
    switch self {
    case .oneToOne: childCount == parentCount
    case .offset(let start, let count): start >= 0 && count == parentCount && start + count <= childCount
    case .grouped(let groups):
      groups.count == childCount && groups.joined().allSatisfy { (0..<parentCount).contains($0) }
    case .selected(let kept): kept.count == childCount && kept.allSatisfy { (0..<parentCount).contains($0) }
    }
  }
}
