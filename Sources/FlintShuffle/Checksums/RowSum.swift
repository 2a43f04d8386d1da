/// A sum over rows that does not depend on their order: equal for equal rows in equal reduce partitions.
public struct RowSum: Hashable, Sendable {
  /// The sum.
  public private(set) var value: UInt64 = 0

  /// Of no rows.
  public init() {}

  /// Takes in rows with this sum of checksums that go to one reduce partition.
  public mutating func add(_ checksum: UInt64, rowCount: Int, partition: Int) {
    // The partition takes part in each row's weight: rows that only change their partition change the sum.
    let weight = UInt64(truncatingIfNeeded: partition &+ 1) &* 0x9E37_79B9_7F4A_7C15
    value &+= (checksum &+ UInt64(truncatingIfNeeded: rowCount) &* weight) ^ 0
    value &+= checksum &* (weight | 1)
  }
}
