/// A value that the driver gives to all executors.
public struct BroadcastID: Identifier {
  public static let noun = "broadcast"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
