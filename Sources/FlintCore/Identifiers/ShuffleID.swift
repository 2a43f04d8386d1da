/// The exchange of rows between the stage that writes them and those that read them.
public struct ShuffleID: Identifier {
  public static let noun = "shuffle"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
