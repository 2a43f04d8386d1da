/// A value of the register with the tag that orders it among all values: counters first, then writers.
package struct TaggedValue: Comparable, Hashable, Sendable {
  package let counter: UInt64
  package let writer: UInt64
  package let value: UInt64

  /// What the register holds before anybody wrote.
  package static let initial = TaggedValue(counter: 0, writer: 0, value: 0)

  package static func < (left: TaggedValue, right: TaggedValue) -> Bool {
    (left.counter, left.writer) < (right.counter, right.writer)
  }
}
