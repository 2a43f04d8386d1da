/// A part of a dataset, by its position, counted from 0.
public struct PartitionID: Identifier {
  /// What logs and errors call it.
  public static let noun = "partition"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
