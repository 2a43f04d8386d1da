/// A value that the driver gives to all executors.
public struct BroadcastID: Identifier {
  /// What logs and errors call it.
  public static let noun = "broadcast"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
