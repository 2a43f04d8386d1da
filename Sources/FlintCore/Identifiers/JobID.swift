/// What one action of an application computes.
public struct JobID: Identifier {
  /// What logs and errors call it.
  public static let noun = "job"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
