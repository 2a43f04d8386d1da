public import FlintCore

extension Kernels {
  /// Dates with so many days, an `int32` each, added. An `arithmetic-overflow` wraps around under the legacy rules.
  public func addDays(_ dates: Operand, _ days: Operand, rows: Selection? = nil) throws(FlintError) -> Vector {
    precondition(dates.type == .date && days.type == .int32, "dates and int are wanted")
    let dates = try dates.flat(memory)
    let sums = try compute(.add, dates.retyped(.int32), days, rows: rows)
    return sums.retyped(.date)
  }

  /// Days from the second date to the first, as an `int32`.
  public func daysBetween(_ last: Operand, _ first: Operand, rows: Selection? = nil) throws(FlintError) -> Vector {
    precondition(last.type == .date && first.type == .date, "dates are wanted")
    return try compute(
      .subtract, try last.flat(memory).retyped(.int32), try first.flat(memory).retyped(.int32), rows: rows)
  }

  /// Dates or timestamps with so many months, an `int32` each, added: on the same day, or on the last one that the month
  /// has.
  public func addMonths(_ times: Operand, _ months: Operand) throws(FlintError) -> Vector {
    precondition(months.type == .int32, "months are int")
    demandTime(times.type)
    let times = try times.flat(memory)
    let months = try months.flat(memory)
    if times.type == .date {
      return try combine(times, Int32.self, months, Int32.self, to: .date) { date, months in
        Int32(truncatingIfNeeded: Self.monthsLater(Int64(date), Int64(months)))
      }
    }
    var clocks = Clocks(zone)
    return try combine(times, Int64.self, months, Int32.self, to: .timestamp) { time, months in
      Self.later(time, Interval(months: months), &clocks)
    }
  }

  /// Timestamps with an interval each added: months and days as clocks show them, then microseconds.
  public func add(_ timestamps: Operand, _ intervals: Operand) throws(FlintError) -> Vector {
    precondition(timestamps.type == .timestamp && intervals.type == .interval, "timestamps and intervals are wanted")
    var clocks = Clocks(zone)
    return try combine(
      try timestamps.flat(memory), Int64.self, try intervals.flat(memory), Interval.self, to: .timestamp
    ) { time, interval in Self.later(time, interval, &clocks) }
  }

  /// From the second timestamp to the first, as an interval of microseconds.
  public func between(_ last: Operand, _ first: Operand) throws(FlintError) -> Vector {
    precondition(last.type == .timestamp && first.type == .timestamp, "timestamps are wanted")
    return try combine(
      try last.flat(memory), Int64.self, try first.flat(memory), Int64.self, to: .interval
    ) { Interval(microseconds: $0 &- $1) }
  }

  /// The sum, or with `isDifference` the difference, of intervals, part by part.
  public func add(
    intervals left: Operand, _ right: Operand, isDifference: Bool = false
  ) throws(FlintError) -> Vector {
    precondition(left.type == .interval && right.type == .interval, "intervals are wanted")
    let left = try left.flat(memory)
    let right = try right.flat(memory)
    if isDifference {
      return try combine(left, Interval.self, right, Interval.self, to: .interval) {
        Interval(
          months: $0.months &- $1.months, days: $0.days &- $1.days, microseconds: $0.microseconds &- $1.microseconds)
      }
    }
    return try combine(left, Interval.self, right, Interval.self, to: .interval) {
      Interval(
        months: $0.months &+ $1.months, days: $0.days &+ $1.days, microseconds: $0.microseconds &+ $1.microseconds)
    }
  }

  /// The last day of the month of each date.
  public func lastDay(_ dates: Vector) throws(FlintError) -> Vector {
    precondition(dates.type == .date, "dates are wanted")
    return try map(try dates.flat(memory), from: Int32.self, to: .date) { days in
      let day = CivilDay(days: Int64(days))
      return Int32(truncatingIfNeeded: Int64(days) &- day.day &+ CivilDay.length(ofMonth: day.month, in: day.year))
    }
  }

  /// Timestamps of UTC as a clock at another place shows them, taken for UTC again: Spark's `from_utc_timestamp`.
  public func local(_ timestamps: Vector, in zone: ZoneRules) throws(FlintError) -> Vector {
    var clocks = Clocks(zone)
    return try map(try timestamps.flat(memory), from: Int64.self, to: .timestamp) { clocks.local($0) }
  }

  /// The moments at which a clock at another place shows these: Spark's `to_utc_timestamp`.
  public func moments(_ timestamps: Vector, in zone: ZoneRules) throws(FlintError) -> Vector {
    var clocks = Clocks(zone)
    return try map(try timestamps.flat(memory), from: Int64.self, to: .timestamp) { clocks.moment($0) }
  }

  static func monthsLater(_ days: Int64, _ months: Int64) -> Int64 {
    let day = CivilDay(days: days)
    let month = day.year &* 12 &+ day.month &- 1 &+ months
    let year = month.dividedDown(by: 12)
    let monthOfYear = month &- year &* 12 &+ 1
    let last = CivilDay.length(ofMonth: monthOfYear, in: year)
    return CivilDay(year: year, month: monthOfYear, day: min(day.day, last)).days
  }

  static func later(_ time: Int64, _ interval: Interval, _ clocks: inout Clocks) -> Int64 {
    var time = time
    if interval.months != 0 || interval.days != 0 {
      let local = clocks.local(time)
      let days = local.dividedDown(by: Clocks.day)
      let moved = monthsLater(days, Int64(interval.months)) &+ Int64(interval.days)
      time = clocks.moment(moved &* Clocks.day &+ (local &- days &* Clocks.day))
    }
    return time &+ interval.microseconds
  }
}

extension Vector {
  /// The same values under another type of the same layout.
  func retyped(_ type: DataType) -> Vector {
    Vector(type, count: count, validity: validity, nullCount: nullCount, form)
  }
}

extension Operand {
  /// The same values under another type of the same layout.
  func retyped(_ type: DataType) -> Operand { Operand(vector: vector.retyped(type), isConstant: isConstant) }
}
