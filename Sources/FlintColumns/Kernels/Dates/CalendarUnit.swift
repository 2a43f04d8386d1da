/// What dates and timestamps are rounded down to.
public enum CalendarUnit: String, Hashable, Sendable, CaseIterable {
  case year, quarter, month
  /// From Monday.
  case week
  case day, hour, minute, second, millisecond

  /// Microseconds of units that are no longer than a day; nil for the others.
  var microseconds: Int64? {
    switch self {
    case .year, .quarter, .month, .week: nil
    case .day: Clocks.day
    case .hour: 3_600_000_000
    case .minute: 60_000_000
    case .second: 1_000_000
    case .millisecond: 1000
    }
  }
}
