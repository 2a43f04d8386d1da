public import FlintCore

extension Kernels {
  /// Dates or timestamps as texts, in the session's time zone: Spark's `date_format`.
  public func format(_ times: Vector, _ pattern: TimePattern) throws(FlintError) -> Vector {
    demandTime(times.type)
    let vector = try times.flat(memory)
    let isDate = vector.type == .date
    let builder = try TextBuilder(.string, capacity: vector.count, bytes: vector.count * 16, memory)
    var writer = ValueWriter(zone)
    for row in 0..<vector.count {
      if vector.isNull(row) {
        try builder.appendNull()
        continue
      }
      writer.removeAll()
      if isDate {
        writer.write(date: Int64(vector.pointer(to: Int32.self)[row]), pattern)
      } else {
        writer.write(timestamp: vector.pointer(to: Int64.self)[row], pattern)
      }
      try builder.append(writer.bytes)
    }
    return try builder.finish()
  }

  /// Texts as timestamps, in the session's time zone where they name no other: Spark's `to_timestamp`, and cast to dates its
  /// `to_date`.
  ///
  /// Throws `invalid-argument` for a pattern by which nothing is read, and `invalid-cast` under the rules of ANSI for a text
  /// of a row that counts which is not as the pattern says; else that is null.
  public func timestamps(
    _ texts: Vector, _ pattern: TimePattern, rows: Selection? = nil, orNull: Bool = false
  ) throws(FlintError) -> Vector {
    precondition(texts.type == .string, "\(texts.type) is no text")
    try pattern.demandReading()
    let cast = Cast(type: .timestamp, rows: rows, givesNull: orNull || rules == .legacy, wraps: false)
    var clocks = Clocks(zone)
    return try parse(try texts.flat(memory), cast) { pattern.moment($0, &clocks, isWhole: true) }
  }

  /// Months from the second timestamp to the first, as a `double`: whole ones between equal days of the month and between last
  /// days, else with 31 days each, rounded to eight digits unless `isRounded` is off.
  public func monthsBetween(
    _ last: Operand, _ first: Operand, isRounded: Bool = true
  ) throws(FlintError) -> Vector {
    precondition(last.type == .timestamp && first.type == .timestamp, "timestamps are wanted")
    var clocks = Clocks(zone)
    return try combine(try last.flat(memory), Int64.self, try first.flat(memory), Int64.self, to: .double) {
      let months = Self.months(from: clocks.local($1), to: clocks.local($0))
      return isRounded ? (months * 1e8).rounded(.toNearestOrAwayFromZero) / 1e8 : months
    }
  }

  private static func months(from first: Int64, to last: Int64) -> Double {
    let (firstDays, lastDays) = (first.dividedDown(by: Clocks.day), last.dividedDown(by: Clocks.day))
    let (one, two) = (CivilDay(days: firstDays), CivilDay(days: lastDays))
    let months = Double((two.year &- one.year) &* 12 &+ two.month &- one.month)
    let isWhole =
      one.day == two.day
      || one.day == CivilDay.length(ofMonth: one.month, in: one.year)
        && two.day == CivilDay.length(ofMonth: two.month, in: two.year)
    if isWhole { return months }
    let seconds = (last.remainderDown(by: Clocks.day) - first.remainderDown(by: Clocks.day)).dividedDown(by: 1_000_000)
    return months + Double((two.day &- one.day) &* 86_400 &+ seconds) / (31 * 86_400)
  }
}
