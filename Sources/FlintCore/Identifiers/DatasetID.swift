/// A node of the lineage graph: a dataset before it is computed.
public struct DatasetID: Identifier {
  public static let noun = "dataset"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
