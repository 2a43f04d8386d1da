public import FlintCore
public import FlintLineage

/// What a dataset's ``FlintLineage/LineageNode/operation`` is when executors shall compute it.
public protocol NodeOperation: LineageOperation {
  /// What makes the operator. It is shipped once for each stage and executor.
  var factory: NodeFactory { get }

  /// What only the task of one partition needs: rows of a local collection, a part of a file. It travels with the task and
  /// is read by ``TaskContext/partitionData(of:_:)``.
  func partitionData(_ partition: PartitionID) throws -> [UInt8]?
}

extension NodeOperation {
  /// Nothing.
  public func partitionData(_ partition: PartitionID) throws -> [UInt8]? { nil }
}
