internal import FlintCore
internal import FlintDatasets
internal import FlintTasks

/// How the rows of a stage's dataset are computed.
struct StageOperation: NodeOperation {
  let factory: NodeFactory
  /// What travels with the task of each partition.
  let data: [[UInt8]]?
  /// Lets kept rows go when nobody can ask for them any more.
  var lease: KeptLease?

  func partitionData(_ partition: PartitionID) -> [UInt8]? { data.map { $0[Int(partition.rawValue)] } }
}

/// How rows are written for an exchange.
struct StageExchange: ShuffleOperation {
  let factory: ShuffleWriterFactory
  /// Lets the exchange go when nobody can ask for it any more.
  let lease: ShuffleLease
}
