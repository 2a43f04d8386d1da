/// A value of the register with the tag that orders it among all values: counters first, then writers.
public struct TaggedValue: Comparable, Hashable, Sendable {
  public let counter: UInt64
  public let writer: UInt64
  public let value: UInt64

  /// What the register holds before anybody wrote.
  public static let initial = TaggedValue(counter: 0, writer: 0, value: 0)

  public static func < (left: TaggedValue, right: TaggedValue) -> Bool {
    (left.counter, left.writer) < (right.counter, right.writer)
  }
}
