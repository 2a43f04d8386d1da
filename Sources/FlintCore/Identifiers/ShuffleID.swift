/// The exchange of rows between the stage that writes them and those that read them.
public struct ShuffleID: Identifier {
  /// What logs and errors call it.
  public static let noun = "shuffle"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
