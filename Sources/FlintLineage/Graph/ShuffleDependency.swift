public import FlintCore

/// A wide dependency: every partition of the child needs rows of every partition of the parent.
public struct ShuffleDependency: Sendable {
  /// The exchange; two children that name the same one share its map outputs.
  public let id: ShuffleID
  /// Whose rows are exchanged.
  public let parent: LineageNode
  /// Where the rows go.
  public let partitioner: Partitioner
  /// Whether the map side combines rows of equal keys before it writes them.
  public let combinesOnMapSide: Bool
  /// How the map side writes its rows.
  public let operation: any LineageOperation

  /// The exchange `id` of the rows of `parent`.
  public init(
    id: ShuffleID, parent: LineageNode, partitioner: Partitioner, combinesOnMapSide: Bool = false,
    operation: any LineageOperation
  ) {
    self.id = id
    self.parent = parent
    self.partitioner = partitioner
    self.combinesOnMapSide = combinesOnMapSide
    self.operation = operation
  }

  /// What its readers get: the arrival of map outputs has no order, so nothing surer than unordered.
  public var determinacy: Determinacy { max(.unordered, parent.determinacy) }
}
