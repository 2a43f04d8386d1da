package import FlintCore

/// One computation of a dataset's partition by one task: what came out, and what it was made from.
package struct Execution {
  /// One map output that was read.
  package struct Read: Hashable {
    package let shuffle: ShuffleID
    package let map: PartitionID
    /// The computation that wrote it.
    package let source: Int
  }

  /// Equal for equal rows.
  package let version: UInt64
  package let reads: [Read]
  /// The computations whose rows were found kept.
  package let kept: [Int]
}
