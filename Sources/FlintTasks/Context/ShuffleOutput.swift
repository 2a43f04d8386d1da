/// Where a map task puts the rows for the readers of a shuffle.
public protocol ShuffleOutput: AnyObject, Sendable {
  /// How many reduce partitions there are.
  var partitionCount: Int { get }

  /// Takes a block of encoded rows for one reduce partition.
  ///
  /// - Parameter checksum: the sum of the rows' checksums, wrapping; it does not depend on their order.
  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws
}
