internal import FlintCore

/// What a ``DirectRuntime`` remembers.
struct DirectBooks {
  var record = DirectRecord()
  var broadcasts: [BroadcastID: [UInt8]] = [:]
  var accumulators: [@Sendable ([UInt8]) -> Void] = []
  /// Which dataset's partitions were kept, as blocks.
  var kept: [KeptKey: [[UInt8]]] = [:]
}

/// A partition of a dataset.
struct KeptKey: Hashable {
  let dataset: DatasetID
  let partition: PartitionID
}
