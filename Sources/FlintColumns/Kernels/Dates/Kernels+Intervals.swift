public import FlintCore

extension Kernels {
  /// Dates with an interval each added, months first. Throws `invalid-argument` for a row that counts whose interval is not
  /// of whole days: add those to timestamps.
  public func add(
    _ intervals: Operand, toDates dates: Operand, rows: Selection? = nil
  ) throws(FlintError) -> Vector {
    precondition(dates.type == .date && intervals.type == .interval, "dates and intervals are wanted")
    let count = Operand.count(dates, intervals)
    let dates = try dates.flat(memory)
    let intervals = try intervals.flat(memory)
    let sums = try combine(dates, Int32.self, intervals, Interval.self, to: .date) { date, interval in
      Int32(truncatingIfNeeded: Self.monthsLater(Int64(date), Int64(interval.months)) &+ Int64(interval.days))
    }
    if intervals.isNullConstant || dates.isNullConstant { return sums }
    defer { withExtendedLifetime(intervals) {} }
    let lane = intervals.lane(Interval.self)
    let faults = Faults(validity: sums.validity, selection: rows, count: count)
    guard faults.first({ lane.value($0).microseconds != 0 }) == nil else {
      throw FlintError(
        .invalidArgument, "a date plus hours or less is no date", remedy: "cast the date to a timestamp first")
    }
    return sums
  }

  /// Intervals with the opposite signs. Those that 32 and 64 bits do not hold stay.
  public func negate(intervals: Operand) throws(FlintError) -> Vector {
    precondition(intervals.type == .interval, "intervals are wanted")
    let nothing = try zero(.interval)
    return try add(intervals: nothing, intervals, isDifference: true)
  }

  /// Intervals times a `double` each: fractions of months are cut off, those of days become microseconds. Throws
  /// `arithmetic-overflow` for a row that counts whose product has no room, which is null under the legacy rules.
  public func multiply(
    intervals: Operand, by factors: Operand, rows: Selection? = nil
  ) throws(FlintError) -> Vector {
    precondition(intervals.type == .interval && factors.type == .double, "intervals and doubles are wanted")
    return try scale(intervals, factors, rows) { $0 * $1 }
  }

  /// Intervals divided by a `double` each, as ``multiply(intervals:by:rows:)``; by zero there is no room either.
  public func divide(
    intervals: Operand, by divisors: Operand, rows: Selection? = nil
  ) throws(FlintError) -> Vector {
    precondition(intervals.type == .interval && divisors.type == .double, "intervals and doubles are wanted")
    return try scale(intervals, divisors, rows) { $0 / $1 }
  }

  private func scale(
    _ intervals: Operand, _ numbers: Operand, _ rows: Selection?, _ body: @escaping (Double, Double) -> Double
  ) throws(FlintError) -> Vector {
    let count = Operand.count(intervals, numbers)
    let (intervals, numbers) = (try intervals.flat(memory), try numbers.flat(memory))
    defer { withExtendedLifetime((intervals, numbers)) {} }
    var isSuspicious = false
    let scaled = try combine(intervals, Interval.self, numbers, Double.self, to: .interval) { interval, number in
      let result = Self.scaled(interval) { body($0, number) }
      isSuspicious = isSuspicious || result == nil
      return result ?? Interval()
    }
    if !isSuspicious { return scaled }
    let (first, second) = (intervals.lane(Interval.self), numbers.lane(Double.self))
    let isFaulty = { (row: Int) in Self.scaled(first.value(row)) { body($0, second.value(row)) } == nil }
    if rules == .ansi {
      let faults = Faults(validity: scaled.validity, selection: rows, count: count)
      guard faults.first(isFaulty) != nil else { return scaled }
      throw overflow(.interval, "an interval times or by a number")
    }
    let there = scaled.validity?.bits
    let bits = try packed(count) { (there?[$0] ?? true) && !isFaulty($0) ? 1 : 0 }
    return Vector(.interval, count: count, validity: Validity(bits), scaled.form)
  }

  private static func scaled(_ interval: Interval, _ body: (Double) -> Double) -> Interval? {
    let months = body(Double(interval.months)).rounded(.towardZero)
    let days = body(Double(interval.days))
    let wholeDays = days.rounded(.towardZero)
    let microseconds = body(Double(interval.microseconds)) + Double(Clocks.day) * (days - wholeDays)
    guard let months = Int32(exactly: months), let wholeDays = Int32(exactly: wholeDays),
      let microseconds = Int64(exactly: microseconds.rounded(.toNearestOrAwayFromZero))
    else { return nil }
    return Interval(months: months, days: wholeDays, microseconds: microseconds)
  }
}
