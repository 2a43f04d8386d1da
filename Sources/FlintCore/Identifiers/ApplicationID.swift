/// One run of a user's program: a driver and its executors.
public struct ApplicationID: Identifier {
  public static let noun = "application"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
