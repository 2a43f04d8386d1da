/// A part of a job between two shuffles; its tasks differ only in their partition.
public struct StageID: Identifier {
  /// What logs and errors call it.
  public static let noun = "stage"
  /// The number.
  public let rawValue: UInt64

  /// The identifier with this number.
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }
}
