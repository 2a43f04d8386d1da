/// A part of a dataset, by its position, counted from 0.
public struct PartitionID: Identifier {
  public static let noun = "partition"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
