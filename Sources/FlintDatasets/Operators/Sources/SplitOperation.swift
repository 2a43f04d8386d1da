internal import FlintCore
internal import FlintFiles
internal import FlintLayout
internal import FlintTasks

/// An operation whose every partition is a part of a file.
struct SplitOperation: NodeOperation {
  let splits: [FileSplit]
  let factory: NodeFactory

  func partitionData(_ partition: PartitionID) throws -> [UInt8]? {
    try RowBlock.encode([splits[Int(partition.rawValue)]], form: .rows)
  }
}

extension TaskContext {
  /// The part of a file that this partition of `dataset` is.
  func split(of dataset: DatasetID, _ partition: PartitionID) throws -> FileSplit {
    guard let split = try RowBlock.decode(partitionData(of: dataset, partition), as: FileSplit.self).first else {
      throw FlintError(.corruptData, "\(partition) of \(dataset) came without the part of a file that it is")
    }
    return split
  }

  /// Counts bytes of a file that were read.
  func noteRead(_ count: Int) { counters.count { $0.bytesRead += UInt64(count) } }
}
