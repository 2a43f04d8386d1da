/// One try at a stage. At most one attempt of a stage is live; messages of the others are stale.
public struct StageAttempt: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The stage that is tried.
  public let stage: StageID
  /// Which try, counted from 0.
  public let number: UInt32

  /// Try `number` at `stage`.
  public init(stage: StageID, number: UInt32) {
    self.stage = stage
    self.number = number
  }

  /// By stage, then by number.
  public static func < (left: StageAttempt, right: StageAttempt) -> Bool {
    (left.stage, left.number) < (right.stage, right.number)
  }

  /// Such as `stage 3 attempt 0`.
  public var description: String { "\(stage) attempt \(number)" }
}
