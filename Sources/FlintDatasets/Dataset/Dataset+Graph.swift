internal import FlintCore
public import FlintLineage
public import FlintTasks

extension Dataset {
  /// The dataset of a node that a library above has made.
  package static func over(_ node: LineageNode, in session: Session) -> Dataset {
    Dataset(session: session, node: node)
  }

  /// What it is in the graph.
  package var lineage: LineageNode { node }

  /// A dataset whose every partition is computed from the same one of this one.
  @inlinable
  @inline(__always)
  func derived<New>(
    _ site: OperatorSite, partitioner: Partitioner? = nil, effect: DeterminacyEffect = .preserving,
    loop: FusedLoop<New> = FusedLoop(), make: @escaping @Sendable () throws -> any NodeOperator
  ) -> Dataset<New> {
    let node = session.node(
      site, partitionCount: partitionCount, dependencies: [.narrow(node, .oneToOne)], partitioner: partitioner,
      effect: effect, make: make)
    return Dataset<New>(session: session, node: node, loop: loop)
  }
}
