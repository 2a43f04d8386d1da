public import FlintCore

/// One partition of a parent, which is computed in the same task once it is opened.
public protocol RowInput: Sendable {
  /// Which partition of the parent it is.
  var partition: PartitionID { get }

  /// Starts to compute it. Each call computes it anew.
  func open() async throws -> any RowStream
}
