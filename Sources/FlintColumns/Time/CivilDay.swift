/// A day of the Gregorian calendar, extended to all times before its introduction.
///
/// Loops compute it for every row, so it is made of multiplications in place of divisions where the compiler can see
/// the divisor, and has no branches.
package struct CivilDay: Equatable {
  package var year: Int64
  package var month: Int64
  package var day: Int64

  @inlinable
  package init(year: Int64, month: Int64, day: Int64) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that lies `days` after 1970-01-01, or before it when negative: at most 2^40 of them.
  @inline(__always)
  package init(days: Int64) {
    // In a calendar whose years begin in March the leap day is the last of its year. It repeats every 400 years, and is
    // moved by so many of them that all numbers are positive.
    let moved = UInt64(bitPattern: days &+ Self.marchOfYearZero &+ Self.cycles &* Self.daysPerCycle)
    let quarterDays = 4 &* moved &+ 3
    let century = quarterDays / 146_097
    let dayOfCentury = (quarterDays % 146_097) / 4
    let quarterYears = 4 &* dayOfCentury &+ 3
    let yearOfCentury = quarterYears / 1461
    let dayOfYear = (quarterYears % 1461) / 4
    // From March on, five months always have 153 days: a line of slope 30.6.
    let line = 2141 &* dayOfYear &+ 197_913
    let marchMonth = line &>> 16
    let isNextYear: UInt64 = dayOfYear >= 306 ? 1 : 0
    month = Int64(bitPattern: marchMonth &- 12 &* isNextYear)
    day = Int64(bitPattern: (line & 65535) / 2141 &+ 1)
    let year = 100 &* century &+ yearOfCentury &+ isNextYear
    self.year = Int64(bitPattern: year) &- 400 &* Self.cycles
  }

  /// Days from 1970-01-01 to this one. The month is 1 to 12; the day may lie beyond its month.
  @inlinable
  @inline(__always)
  package var days: Int64 {
    let isEarly: Int64 = month <= 2 ? 1 : 0
    let moved = year &+ 400 &* Self.cycles &- isEarly
    let marchMonth = month &+ 12 &* isEarly
    let century = moved / 100
    let daysOfYears = 1461 &* moved / 4 &- century &+ century / 4
    let daysOfMonths = (979 &* marchMonth &- 2919) &>> 5
    return daysOfYears &+ daysOfMonths &+ day &- 1 &- Self.marchOfYearZero &- Self.cycles &* Self.daysPerCycle
  }

  @inlinable
  package static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// Days of a month.
  @inlinable
  @inline(__always)
  package static func length(ofMonth month: Int64, in year: Int64) -> Int64 {
    if month == 2 { return isLeap(year) ? 29 : 28 }
    // 31 and 30 days alternate, and start again in August.
    return 30 &+ ((month ^ (month &>> 3)) & 1)
  }

  /// Whether the calendar has this day.
  @inlinable
  package var isValid: Bool {
    (1...12).contains(month) && day >= 1 && day <= Self.length(ofMonth: month, in: year)
  }

  @usableFromInline
  static let daysPerCycle: Int64 = 146_097
  /// More cycles of 400 years than any 64-bit number of microseconds goes back.
  @usableFromInline
  static let cycles: Int64 = 1 << 23
  /// Days from 0000-03-01 to 1970-01-01.
  @usableFromInline
  static let marchOfYearZero: Int64 = 719_468
}
