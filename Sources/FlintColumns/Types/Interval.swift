/// A span of calendar time. Its three parts do not become one another: a month has no fixed number of days, and a day, when
/// clocks change, no fixed number of hours.
public struct Interval: Hashable, Sendable, BitwiseCopyable {
  /// Whole months.
  public var months: Int32
  /// Whole days.
  public var days: Int32
  /// Microseconds.
  public var microseconds: Int64

  /// A span of so many months, days and microseconds.
  public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }
}
