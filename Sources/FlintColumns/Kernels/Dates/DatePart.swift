/// A number that dates and timestamps have.
public enum DatePart: String, Hashable, Sendable, CaseIterable {
  case year
  /// 1 to 4.
  case quarter
  /// 1 to 12.
  case month
  /// The day of the month, 1 to 31.
  case day
  /// 1 for Sunday to 7 for Saturday.
  case dayOfWeek
  /// 0 for Monday to 6 for Sunday.
  case weekday
  /// 1 to 366.
  case dayOfYear
  /// The week by ISO 8601, 1 to 53: weeks begin on Monday, and the first one has four days or more in the year.
  case week
  /// The year to which the week by ISO 8601 belongs.
  case weekYear
  /// 0 to 23; dates have 0, as in the next ones.
  case hour
  /// 0 to 59.
  case minute
  /// 0 to 59.
  case second
  /// Microseconds of the second.
  case microsecond

  /// Whether it is a part of the time of day.
  var isOfTime: Bool {
    switch self {
    case .hour, .minute, .second, .microsecond: true
    case .year, .quarter, .month, .day, .dayOfWeek, .weekday, .dayOfYear, .week, .weekYear: false
    }
  }
}
