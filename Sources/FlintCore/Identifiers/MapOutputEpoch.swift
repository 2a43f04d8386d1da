/// How often the driver's view of a shuffle's map outputs has changed. Whoever fetched under an older one asks again.
public struct MapOutputEpoch: Identifier {
  /// What logs and errors call it.
  public static let noun = "epoch"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
