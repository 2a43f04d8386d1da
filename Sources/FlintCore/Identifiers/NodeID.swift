/// A machine of the cluster, as far as locality and shuffle files care.
public struct NodeID: Identifier {
  public static let noun = "node"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
