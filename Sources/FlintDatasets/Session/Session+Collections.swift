internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

extension Session {
  /// The rows of a collection that the driver holds, in `partitions` parts of about equal length.
  ///
  /// The rows travel with the tasks that need them. For large data read files instead.
  public func parallelize<Row: Sendable>(
    _ rows: some Collection<Row>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> {
    let count = partitions ?? runtime.defaultParallelism
    precondition(count >= 1, "a collection in \(count) partitions")
    let id = runtime.nextDataset()
    let operation = CollectionOperation(
      rows: Array(rows), partitionCount: count, factory: NodeFactory { CollectionOperator<Row>(id) })
    return dataset(
      OperatorSite("parallelize", file, line), partitionCount: count, id: id, operation: operation)
  }

  /// The numbers of `numbers`, every `step`th, in `partitions` parts of about equal length.
  public func range(
    _ numbers: Range<Int>, by step: Int = 1, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Int> {
    precondition(step >= 1, "a range in steps of \(step)")
    let parts = partitions ?? runtime.defaultParallelism
    precondition(parts >= 1, "a range in \(parts) partitions")
    let (first, count) = (numbers.lowerBound, (numbers.count + step - 1) / step)
    return dataset(OperatorSite("range", file, line), partitionCount: parts) {
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
