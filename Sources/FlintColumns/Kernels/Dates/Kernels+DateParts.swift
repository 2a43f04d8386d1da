public import FlintCore

extension Kernels {
  /// A number of each date or timestamp, as an `int32`; timestamps in the session's time zone.
  public func part(_ part: DatePart, of operand: Vector) throws(FlintError) -> Vector {
    let vector = try operand.flat(memory)
    if vector.type == .timestamp { return try timestampPart(part, vector) }
    demandTime(vector.type)
    switch part {
    case .year: return try map(vector, from: Int32.self, to: .int32) { Int32(truncatingIfNeeded: Self.day($0).year) }
    case .month: return try map(vector, from: Int32.self, to: .int32) { Int32(truncatingIfNeeded: Self.day($0).month) }
    case .day: return try map(vector, from: Int32.self, to: .int32) { Int32(truncatingIfNeeded: Self.day($0).day) }
    case .quarter, .dayOfWeek, .weekday, .dayOfYear, .week, .weekYear:
      return try map(vector, from: Int32.self, to: .int32) { Self.part(part, ofDay: Int64($0)) }
    case .hour, .minute, .second, .microsecond:
      return try map(vector, from: Int32.self, to: .int32) { (_: Int32) in Int32(0) }
    }
  }

  private func timestampPart(_ part: DatePart, _ vector: Vector) throws(FlintError) -> Vector {
    var clocks = Clocks(zone)
    switch part {
    case .year:
      return try map(vector, from: Int64.self, to: .int32) {
        Int32(truncatingIfNeeded: CivilDay(days: clocks.local($0).dividedDown(by: Clocks.day)).year)
      }
    case .hour, .minute, .second, .microsecond:
      return try map(vector, from: Int64.self, to: .int32) {
        Self.part(part, ofTime: clocks.local($0).remainderDown(by: Clocks.day))
      }
    case .month, .day, .quarter, .dayOfWeek, .weekday, .dayOfYear, .week, .weekYear:
      return try map(vector, from: Int64.self, to: .int32) {
        Self.part(part, ofDay: clocks.local($0).dividedDown(by: Clocks.day))
      }
    }
  }

  @inline(__always)
  private static func day(_ days: Int32) -> CivilDay { CivilDay(days: Int64(days)) }

  private static func part(_ part: DatePart, ofTime time: Int64) -> Int32 {
    let value: Int64
    switch part {
    case .hour: value = time / 3_600_000_000
    case .minute: value = time / 60_000_000 % 60
    case .second: value = time / 1_000_000 % 60
    case .microsecond: value = time % 1_000_000
    case .year, .quarter, .month, .day, .dayOfWeek, .weekday, .dayOfYear, .week, .weekYear: value = 0
    }
    return Int32(truncatingIfNeeded: value)
  }

  static func part(_ part: DatePart, ofDay days: Int64) -> Int32 {
    let value: Int64
    switch part {
    case .year: value = CivilDay(days: days).year
    case .month: value = CivilDay(days: days).month
    case .day: value = CivilDay(days: days).day
    case .quarter: value = (CivilDay(days: days).month + 2) / 3
    // 1970-01-01 was a Thursday.
    case .dayOfWeek: value = (days + 4).remainderDown(by: 7) + 1
    case .weekday: value = (days + 3).remainderDown(by: 7)
    case .dayOfYear: value = days - CivilDay(year: CivilDay(days: days).year, month: 1, day: 1).days + 1
    case .week: value = week(days).number
    case .weekYear: value = week(days).year
    case .hour, .minute, .second, .microsecond: value = 0
    }
    return Int32(truncatingIfNeeded: value)
  }

  /// A week belongs to the year of its Thursday.
  private static func week(_ days: Int64) -> (year: Int64, number: Int64) {
    let thursday = days - (days + 3).remainderDown(by: 7) + 3
    let year = CivilDay(days: thursday).year
    return (year, (thursday - CivilDay(year: year, month: 1, day: 1).days) / 7 + 1)
  }

  /// The beginning of the unit in which each date or timestamp lies, of the same type; timestamps in the session's time
  /// zone.
  public func truncate(_ operand: Vector, to unit: CalendarUnit) throws(FlintError) -> Vector {
    let vector = try operand.flat(memory)
    if vector.type != .timestamp {
      demandTime(vector.type)
      return try map(vector, from: Int32.self, to: .date) {
        Int32(truncatingIfNeeded: Self.truncated(Int64($0), unit))
      }
    }
    var clocks = Clocks(zone)
    if let microseconds = unit.microseconds, unit != .day {
      // Hours and less: what clocks skip or repeat must not move a moment, so subtract from the moment itself.
      return try map(vector, from: Int64.self, to: .timestamp) {
        $0 &- clocks.local($0).remainderDown(by: microseconds)
      }
    }
    return try map(vector, from: Int64.self, to: .timestamp) {
      clocks.moment(Self.truncated(clocks.local($0).dividedDown(by: Clocks.day), unit) &* Clocks.day)
    }
  }

  private static func truncated(_ days: Int64, _ unit: CalendarUnit) -> Int64 {
    let day = CivilDay(days: days)
    switch unit {
    case .year: return CivilDay(year: day.year, month: 1, day: 1).days
    case .quarter: return CivilDay(year: day.year, month: (day.month - 1) / 3 * 3 + 1, day: 1).days
    case .month: return days - day.day + 1
    case .week: return days - (days + 3).remainderDown(by: 7)
    case .day, .hour, .minute, .second, .millisecond: return days
    }
  }

  func demandTime(_ type: DataType) {
    precondition(type == .date || type == .timestamp, "\(type) is neither date nor timestamp")
  }
}
