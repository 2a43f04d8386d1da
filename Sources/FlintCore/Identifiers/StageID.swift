/// A part of a job between two shuffles; its tasks differ only in their partition.
public struct StageID: Identifier {
  public static let noun = "stage"
  public let rawValue: UInt64

  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
