public import FlintCore

/// What one map task wrote for a shuffle, and where it is.
public struct MapOutput: Hashable, Sendable {
  /// Who has the bytes, and with whom they are lost.
  public enum Place: Hashable, Sendable {
    /// In the memory of an executor: gone with that incarnation.
    case executor(ExecutorIncarnation, node: NodeID)
    /// In files that belong to the node: they outlive the executor.
    case node(NodeID)

    /// The node on which the bytes are.
    public var node: NodeID {
      switch self {
      case .executor(_, let node), .node(let node): node
      }
    }
  }

  /// The try that wrote it.
  public let attempt: TaskAttempt
  /// Where it is.
  public let place: Place
  /// Bytes for each reduce partition.
  public let sizes: [UInt64]
  /// Rows for each reduce partition: readers must read as many.
  public let rowCounts: [UInt64]
  /// A checksum of its rows, each with the reduce partition that it goes to, which does not depend on their order: equal for
  /// equal rows in equal partitions.
  public let checksum: UInt64

  /// The output of `attempt`, at `place`.
  public init(attempt: TaskAttempt, place: Place, sizes: [UInt64], rowCounts: [UInt64], checksum: UInt64) {
    precondition(sizes.count == rowCounts.count, "\(sizes.count) sizes and \(rowCounts.count) row counts")
    self.attempt = attempt
    self.place = place
    self.sizes = sizes
    self.rowCounts = rowCounts
    self.checksum = checksum
  }
}
