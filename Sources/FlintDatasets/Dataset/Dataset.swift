internal import FlintCore
public import FlintLineage

/// Rows in partitions, and how they are computed.
///
/// A dataset is a value: a transformation makes another one and computes nothing. An action, such as ``collect(file:line:)``
/// or ``count(file:line:)``, runs a job. What is lost on the way is computed again from where it came from.
///
/// Functions that are given to transformations travel to the executors with what they capture, as copies. What cannot travel
/// is refused by the first action, before anything runs, or earlier by ``validate()``.
public struct Dataset<Row: Sendable>: Sendable {
  /// The session that made it.
  public let session: Session
  /// The dataset in the graph.
  @usableFromInline let node: LineageNode
  /// Its last transformations as one loop.
  @usableFromInline let loop: FusedLoop<Row>

  /// Inlined wherever a dataset begins, so that the compiler sees the loop begin there.
  @inlinable
  @inline(__always)
  init(session: Session, node: LineageNode, loop: FusedLoop<Row> = FusedLoop()) {
    self.session = session
    self.node = node
    self.loop = loop
  }

  /// The same dataset, of which the compiler knows that a loop begins here.
  @inlinable
  @inline(__always)
  var begun: Dataset { Dataset(session: session, node: node) }

  /// How many partitions it has.
  public var partitionCount: Int { node.partitionCount }

  /// What it is computed from, as text: a line a dataset, children above parents, an indentation at each exchange.
  public var lineageText: String { node.lineageText }

  /// How sure a second computation is.
  public var determinacy: Determinacy { node.determinacy }
}
