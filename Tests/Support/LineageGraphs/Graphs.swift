package import FlintCore
package import FlintLineage

/// Builds graphs for tests: each call makes the next dataset.
package struct Graphs {
  package struct Nothing: LineageOperation {
    package init() {}
  }

  private var datasetCount: UInt64 = 0
  private var shuffleCount: UInt64 = 0

  package init() {}

  package mutating func source(_ partitions: Int = 4, effect: DeterminacyEffect = .preserving) -> LineageNode {
    make("source", partitions, [], effect: effect)
  }

  package mutating func map(
    _ parent: LineageNode, name: String = "map", effect: DeterminacyEffect = .preserving, keep: StorageLevel? = nil
  ) -> LineageNode {
    make(name, parent.partitionCount, [.narrow(parent, .oneToOne)], effect: effect, keep: keep)
  }

  package mutating func union(_ parents: LineageNode...) -> LineageNode {
    var start = 0
    let dependencies = parents.map { parent in
      defer { start += parent.partitionCount }
      return Dependency.narrow(parent, .offset(start: start, count: parent.partitionCount))
    }
    return make("union", start, dependencies)
  }

  /// The exchange alone, for nodes that share it.
  package mutating func exchange(_ parent: LineageNode, _ partitions: Int) -> ShuffleDependency {
    shuffleCount += 1
    return ShuffleDependency(
      id: ShuffleID(rawValue: shuffleCount), parent: parent,
      partitioner: Partitioner(.hash(key: "Int"), partitionCount: partitions), operation: Nothing())
  }

  package mutating func reduce(
    _ parent: LineageNode, _ partitions: Int = 2, effect: DeterminacyEffect = .preserving, keep: StorageLevel? = nil
  ) -> LineageNode {
    reading([exchange(parent, partitions)], effect: effect, keep: keep)
  }

  package mutating func join(_ left: LineageNode, _ right: LineageNode, _ partitions: Int = 2) -> LineageNode {
    reading([exchange(left, partitions), exchange(right, partitions)], name: "join")
  }

  package mutating func reading(
    _ shuffles: [ShuffleDependency], name: String = "reduceByKey", effect: DeterminacyEffect = .preserving,
    keep: StorageLevel? = nil
  ) -> LineageNode {
    make(name, shuffles[0].partitioner.partitionCount, shuffles.map { .wide($0) }, effect: effect, keep: keep)
  }

  package mutating func make(
    _ name: String, _ partitions: Int, _ dependencies: [Dependency], effect: DeterminacyEffect = .preserving,
    keep: StorageLevel? = nil, isBarrier: Bool = false
  ) -> LineageNode {
    defer { datasetCount += 1 }
    return LineageNode(
      id: DatasetID(rawValue: datasetCount), name: name, location: SourceLocation(file: "Jobs/Test.swift", line: 7),
      partitionCount: partitions, dependencies: dependencies, effect: effect, storageLevel: keep,
      isBarrier: isBarrier, operation: Nothing())
  }
}

extension PartitionID: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt64) { self.init(rawValue: value) }
}

extension StageID: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt64) { self.init(rawValue: value) }
}

extension ShuffleID: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: UInt64) { self.init(rawValue: value) }
}
