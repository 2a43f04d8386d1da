internal import FlintCore
internal import FlintLineage

extension Dataset {
  /// The rows of this dataset and then those of the others, in their partitions. Equal rows stay as often as they are there.
  @inlinable
  public func union(_ others: Dataset<Row>..., file: String = #fileID, line: Int = #line) -> Dataset<Row> {
    joined(others, OperatorSite("union", file, line)).begun
  }

  @usableFromInline
  func joined(_ others: [Dataset<Row>], _ site: OperatorSite) -> Dataset<Row> {
    let all = [self] + others
    var start = 0
    let dependencies = all.map { dataset -> Dependency in
      defer { start += dataset.partitionCount }
      return .narrow(dataset.node, .offset(start: start, count: dataset.partitionCount))
    }
    let count = all.reduce(0) { $0 + $1.partitionCount }
    return session.dataset(
      site, partitionCount: count, dependencies: dependencies
    ) { UnionOperator<Row>() }
  }
}
