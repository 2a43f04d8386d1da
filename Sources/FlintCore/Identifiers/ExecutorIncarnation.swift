/// One life of an executor: the process that fills its place from a start to an end.
///
/// An incarnation that was lost stays lost. What it still sends is told from its successor's by the number, and ignored.
public struct ExecutorIncarnation: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The place that the process fills.
  public let executor: ExecutorID
  /// Which life, counted from 0.
  public let number: UInt64

  /// Life `number` of `executor`.
  public init(executor: ExecutorID, number: UInt64) {
    self.executor = executor
    self.number = number
  }

  /// By executor, then by number.
  public static func < (left: ExecutorIncarnation, right: ExecutorIncarnation) -> Bool {
    (left.executor, left.number) < (right.executor, right.number)
  }

  /// Such as `executor 4 incarnation 1`.
  public var description: String { "\(executor) incarnation \(number)" }
}
