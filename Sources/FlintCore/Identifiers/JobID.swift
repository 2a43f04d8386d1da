/// What one action of an application computes.
public struct JobID: Identifier {
  public static let noun = "job"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
