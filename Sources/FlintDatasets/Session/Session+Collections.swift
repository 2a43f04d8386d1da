internal import FlintCore
internal import FlintLayout
public import FlintLineage
internal import FlintTasks

extension Session {
  /// The rows of a collection that the driver holds, in `partitions` parts of about equal length.
  ///
  /// The rows travel with the tasks that need them. For large data read files instead.
  @inlinable
  public func parallelize<Row: Sendable>(
    _ rows: some Collection<Row>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> {
    Dataset(session: self, node: collectionNode(Array(rows), partitions, OperatorSite("parallelize", file, line)))
  }

  @usableFromInline
  func collectionNode<Row: Sendable>(_ rows: [Row], _ partitions: Int?, _ site: OperatorSite) -> LineageNode {
    let count = partitions ?? runtime.defaultParallelism
    precondition(count >= 1, "a collection in \(count) partitions")
    let id = runtime.nextDataset()
    let operation = CollectionOperation(
      rows: rows, partitionCount: count, factory: NodeFactory { CollectionOperator<Row>(id) })
    return node(site, partitionCount: count, id: id, operation: operation)
  }

  /// The numbers of `numbers`, every `step`th, in `partitions` parts of about equal length.
  @inlinable
  public func range(
    _ numbers: Range<Int>, by step: Int = 1, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Int> {
    Dataset(session: self, node: rangeNode(numbers, step, partitions, OperatorSite("range", file, line)))
  }

  @usableFromInline
  func rangeNode(_ numbers: Range<Int>, _ step: Int, _ partitions: Int?, _ site: OperatorSite) -> LineageNode {
    precondition(step >= 1, "a range in steps of \(step)")
    let parts = partitions ?? runtime.defaultParallelism
    precondition(parts >= 1, "a range in \(parts) partitions")
    let (first, count) = (numbers.lowerBound, (numbers.count + step - 1) / step)
    return node(site, partitionCount: parts, dependencies: [], partitioner: nil) {
      RangeOperator(first: first, step: step, count: count, partitionCount: parts)
    }
  }
}

/// The part of `count` rows that the partition `index` of `partitionCount` has.
func evenShare(_ index: Int, of partitionCount: Int, count: Int) -> Range<Int> {
  // By wide multiplication, since count times partitions may be more than an Int holds.
  func bound(_ part: Int) -> Int {
    let product = UInt(count).multipliedFullWidth(by: UInt(part))
    return Int(UInt(partitionCount).dividingFullWidth(product).quotient)
  }
  return bound(index)..<bound(index + 1)
}
