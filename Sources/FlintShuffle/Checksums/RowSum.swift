/// A sum over rows that does not depend on their order: equal for equal rows in equal reduce partitions.
///
/// What is added is linear in the rows' hashes, so it makes no difference how rows are put together into blocks. Each
/// partition has a factor of its own: rows that only change their partition change the sum.
public struct RowSum: Hashable, Sendable {
  /// The sum.
  public private(set) var value: UInt64 = 0

  /// Of no rows.
  public init() {}

  /// Takes in rows with this sum of hashes that go to one reduce partition.
  public mutating func add(_ checksum: UInt64, rowCount: Int, partition: Int) {
    let number = UInt64(truncatingIfNeeded: partition)
    // An odd factor loses no bit. The count is in it too, since the hash of a row may be zero.
    value &+= checksum &* (Self.mixed(2 &* number) | 1)
    value &+= UInt64(truncatingIfNeeded: rowCount) &* Self.mixed(2 &* number &+ 1)
  }

  /// A number whose bits all depend on all bits of `number`: the finaliser of SplitMix64.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var bits = number &+ 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
