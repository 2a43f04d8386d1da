/// A machine of the cluster, as far as locality and shuffle files care.
public struct NodeID: Identifier {
  /// What logs and errors call it.
  public static let noun = "node"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
