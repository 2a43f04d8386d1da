import FlintCore
import FlintLineage

/// Rows as one number for each partition: what they are follows from what they were made from, and from chance where the
/// dataset is not determinate.
struct RowModel {
  /// What one task has read.
  struct Input {
    /// Rows that were found kept, by dataset and partition.
    var kept: [KeptKey: UInt64] = [:]
    /// The versions of an exchange's map outputs, map by map.
    var maps: [ShuffleID: [UInt64]] = [:]
  }

  let workload: Workload

  /// The rows of a partition, for a task that has read `input`; `nonce` is its own chance.
  func version(of node: LineageNode, _ partition: PartitionID, _ input: Input, nonce: UInt64) -> UInt64 {
    if let kept = input.kept[KeptKey(node.id, partition)] { return kept }
    var hash = RowModel.mix(node.id.rawValue &+ 0xABCD, partition.rawValue)
    for dependency in node.dependencies {
      switch dependency {
      case .narrow(let parent, let mapping):
        for above in mapping.parents(of: partition) {
          hash = RowModel.mix(hash, version(of: parent, above, input, nonce: nonce))
        }
      case .wide(let shuffle):
        hash = RowModel.mix(hash, shuffle.id.rawValue &* 31 &+ partition.rawValue)
        for map in input.maps[shuffle.id] ?? [] { hash = RowModel.mix(hash, map) }
      }
    }
    // An order that matters is often the same the second time.
    let differs = workload.isArbitrary(node) || (workload.isRanked(node) && nonce & 1 == 1)
    return differs ? RowModel.mix(hash, nonce) : hash
  }

  /// The rows of a partition when everything is computed once, one after another: the answer that must come out.
  func reference(_ node: LineageNode, _ partition: PartitionID) -> UInt64 {
    var maps: [ShuffleID: [UInt64]] = [:]
    for above in node.ancestry() {
      for shuffle in above.shuffles where maps[shuffle.id] == nil {
        let input = Input(maps: maps)
        maps[shuffle.id] = shuffle.parent.allPartitions.map { version(of: shuffle.parent, $0, input, nonce: 0) }
      }
    }
    return version(of: node, partition, Input(maps: maps), nonce: 0)
  }

  static func mix(_ hash: UInt64, _ value: UInt64) -> UInt64 { Chance.mixed(hash &* 0x9E37_79B9_7F4A_7C15 ^ value) }
}

/// A partition of a dataset that may be kept.
struct KeptKey: Hashable, Comparable {
  let dataset: DatasetID
  let partition: PartitionID

  init(_ dataset: DatasetID, _ partition: PartitionID) {
    self.dataset = dataset
    self.partition = partition
  }

  static func < (left: KeptKey, right: KeptKey) -> Bool {
    (left.dataset, left.partition) < (right.dataset, right.partition)
  }
}
