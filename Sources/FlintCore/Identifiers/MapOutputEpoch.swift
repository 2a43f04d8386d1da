/// How often the driver's view of a shuffle's map outputs has changed. Whoever fetched under an older one asks again.
public struct MapOutputEpoch: Identifier {
  public static let noun = "epoch"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
