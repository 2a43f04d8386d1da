/// A date of the Gregorian calendar, extended to all times before its introduction; the year before 1 is 0.
struct CivilDate: Hashable {
  var year: Int64
  var month: Int
  var day: Int

  init(year: Int64, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date that lies `days` after 1970-01-01, or before it when negative.
  init(daysSinceEpoch days: Int64) {
    // Years are counted from the first of March, so that the leap day is the last day of its year, and the calendar
    // repeats every 400 years.
    let shifted = days + Self.daysFromMarchOfYearZero
    let era = shifted.dividedDown(by: Self.daysPerEra)
    let dayOfEra = shifted - era * Self.daysPerEra
    // Of 146,097 days, take out the leap days that have passed; the rest are years of 365 days.
    let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let dayOfYear = Int(dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100))
    // From March on, five months always have 153 days.
    let marchMonth = (5 * dayOfYear + 2) / 153
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    day = dayOfYear - Self.daysBefore(marchMonth: marchMonth) + 1
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  }

  /// Days from 1970-01-01 to this date.
  var daysSinceEpoch: Int64 {
    let marchYear = month <= 2 ? year - 1 : year
    let era = marchYear.dividedDown(by: 400)
    let yearOfEra = marchYear - era * 400
    let dayOfYear = Int64(Self.daysBefore(marchMonth: (month + 9) % 12) + day - 1)
    let dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.daysPerEra + dayOfEra - Self.daysFromMarchOfYearZero
  }

  /// Whether the calendar has this date.
  var isValid: Bool {
    (1...12).contains(month) && (1...31).contains(day) && CivilDate(daysSinceEpoch: daysSinceEpoch) == self
  }

  private static let daysPerEra: Int64 = 146_097
  /// From 0000-03-01 to 1970-01-01.
  private static let daysFromMarchOfYearZero: Int64 = 719_468

  /// Days of a year that starts in March before its month `marchMonth`, which is 0 for March.
  private static func daysBefore(marchMonth: Int) -> Int { (153 * marchMonth + 2) / 5 }
}

extension Int64 {
  /// The quotient rounded down, also for negative numbers.
  func dividedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
