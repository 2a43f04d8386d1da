/// One run of a user's program: a driver and its executors.
public struct ApplicationID: Identifier {
  /// What logs and errors call it.
  public static let noun = "application"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
