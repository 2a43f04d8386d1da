internal import FlintCore
internal import FlintLineage

/// Which partitions of which datasets are kept in block managers, and from which exchanges their rows came.
struct KeptPartitions: Sendable {
  struct Holder: Hashable, Sendable {
    let executor: ExecutorIncarnation
    let node: NodeID
  }

  private struct Dataset: Sendable {
    /// The exchanges that are read to compute it, in rising order.
    let reads: [ShuffleID]
    var holders: [PartitionID: [Holder]] = [:]
  }

  private var datasets: [DatasetID: Dataset] = [:]

  /// Whether nothing at all is kept.
  var isEmpty: Bool { datasets.allSatisfy { $0.value.holders.isEmpty } }

  /// Counts with a dataset from now on.
  mutating func register(_ node: LineageNode) {
    guard node.storageLevel != nil, datasets[node.id] == nil else { return }
    datasets[node.id] = Dataset(reads: Set(node.pipeline.flatMap(\.shuffles).map(\.id)).sorted())
  }

  func holders(of dataset: DatasetID, _ partition: PartitionID) -> [Holder] {
    datasets[dataset]?.holders[partition] ?? []
  }

  func isKept(_ dataset: DatasetID, _ partition: PartitionID) -> Bool { !holders(of: dataset, partition).isEmpty }

  /// Takes in that a partition is kept. Returns false for a dataset that nobody wants kept.
  mutating func add(_ dataset: DatasetID, _ partition: PartitionID, _ holder: Holder) -> Bool {
    guard datasets[dataset] != nil else { return false }
    if !holders(of: dataset, partition).contains(holder) {
      datasets[dataset]?.holders[partition, default: []].append(holder)
    }
    return true
  }

  mutating func remove(_ dataset: DatasetID, _ partition: PartitionID, from executor: ExecutorIncarnation) {
    let left = holders(of: dataset, partition).filter { $0.executor != executor }
    datasets[dataset]?.holders[partition] = left.isEmpty ? nil : left
  }

  /// Takes out all that matches. Returns whether anything did.
  mutating func lose(where isLost: (Holder) -> Bool) -> Bool {
    var hasLost = false
    for (dataset, held) in datasets.sorted(by: { $0.key < $1.key }) {
      for (partition, holders) in held.holders.sorted(by: { $0.key < $1.key }) where holders.contains(where: isLost) {
        let left = holders.filter { !isLost($0) }
        datasets[dataset]?.holders[partition] = left.isEmpty ? nil : left
        hasLost = true
      }
    }
    return hasLost
  }

  /// Takes out one partition, wherever it is.
  mutating func take(_ dataset: DatasetID, _ partition: PartitionID) -> [Holder] {
    datasets[dataset]?.holders.removeValue(forKey: partition) ?? []
  }

  /// The datasets that come from one of `shuffles`, in rising order.
  func datasets(reading shuffles: Set<ShuffleID>) -> [DatasetID] {
    datasets.sorted { $0.key < $1.key }.filter { !shuffles.isDisjoint(with: $0.value.reads) }.map(\.key)
  }

  /// The kept partitions of a dataset, in rising order.
  func partitions(of dataset: DatasetID) -> [PartitionID] { (datasets[dataset]?.holders ?? [:]).keys.sorted() }

  /// Counts with a dataset no longer.
  mutating func forget(_ dataset: DatasetID) { datasets[dataset] = nil }
}
