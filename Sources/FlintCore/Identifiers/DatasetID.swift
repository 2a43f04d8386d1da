/// A node of the lineage graph: a dataset before it is computed.
public struct DatasetID: Identifier {
  /// What logs and errors call it.
  public static let noun = "dataset"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
