internal import FlintCore
public import FlintLineage
public import FlintShuffle
public import FlintTasks

extension Dataset {
  /// By hash of `Key`, into as many partitions as the user says; else as a parent that has its keys in place; else as the
  /// largest parent has, within reason.
  @usableFromInline
  func hashPartitioner<Key>(
    of _: Key.Type, into wanted: Int?, beside others: [LineageNode] = []
  ) -> Partitioner {
    if let wanted {
      precondition(wanted >= 1, "\(wanted) partitions")
      return HashPartitioning.partitioner(of: Key.self, into: wanted)
    }
    let parents = [node] + others
    let placed = parents.compactMap(\.partitioner).filter {
      $0 == HashPartitioning.partitioner(of: Key.self, into: $0.partitionCount)
    }
    if let best = placed.max(by: { $0.partitionCount < $1.partitionCount }) { return best }
    let largest = parents.map(\.partitionCount).max() ?? 1
    // Every reader fetches from every map task: without a bound, many small inputs would make their square of pieces.
    let bound = Swift.max(session.defaultParallelism, 200)
    return HashPartitioning.partitioner(of: Key.self, into: Swift.max(1, Swift.min(largest, bound)))
  }

  /// How a dataset that is partitioned by `partitioner` gets this one's rows: without an exchange when they are there.
  ///
  /// - Parameter index: the number of the dependency among the narrow ones of the dataset; nil when the rows' keys are not
  ///   those of the partitioner, so that they are always exchanged.
  @usableFromInline
  func exchanged<Sent>(
    _ site: OperatorSite, to partitioner: Partitioner, narrow index: Int?, sending _: Sent.Type,
    combining: Bool = false, make: @escaping @Sendable () throws -> any ShuffleWriter
  ) -> Exchange {
    if let index, partitioner.placesKeys, node.partitioner == partitioner {
      return Exchange(dependency: .narrow(node, .oneToOne), input: .narrow(index))
    }
    let id = session.runtime.nextShuffle()
    let shuffle = ShuffleDependency(
      id: id, parent: node, partitioner: partitioner, combinesOnMapSide: combining,
      operation: KeyedShuffle(
        factory: ShuffleWriterFactory(make), rowType: { Sent.self }, name: site.name,
        lease: ShuffleLease(id, session.runtime)))
    return Exchange(dependency: .wide(shuffle), input: .shuffle(shuffle.id))
  }

  /// How rows with keys get to their keys' partitions, as they are.
  @inlinable
  @inline(__always)
  func keyExchange<Key: Hashable & Sendable, Value: Sendable>(
    _ site: OperatorSite, to partitioner: Partitioner, narrow index: Int = 0
  ) -> Exchange where Row == (Key, Value) {
    let count = partitioner.partitionCount
    return exchanged(site, to: partitioner, narrow: index, sending: Row.self) {
      PlainShuffleWriter<(Key, Value)>(
        { rows, buffers in
          let partitioning = HashPartitioning(count)
          for row in rows { buffers[partitioning.partition(of: row.0)].append(row) }
        }, code: site.code)
    }
  }
}
