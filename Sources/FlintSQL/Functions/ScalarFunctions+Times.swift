internal import FlintColumns
internal import FlintCore

extension ScalarFunctions {
  static let times: [String: Entry] = {
    var table: [String: Entry] = [
      "to_date": Entry(count: 1...2) { (context, operands) throws(FlintError) in
        guard operands.count == 2 else { return try context.date(operands[0]) }
        return context.coercion.cast(try context.read(operands[0], operands[1]), to: .date)
      },
      "to_timestamp": Entry(count: 1...2) { (context, operands) throws(FlintError) in
        operands.count == 2 ? try context.read(operands[0], operands[1]) : try context.timestamp(operands[0])
      },
      "date_format": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let time = operands[0].type == .date ? operands[0] : try context.timestamp(operands[0])
        return context.call(.formatted(try context.pattern(operands[1]).pattern), [time], .string)
      },
      "from_unixtime": Entry(count: 1...2) { (context, operands) throws(FlintError) in
        let seconds = try context.cast(operands[0], to: .int64)
        let pattern = operands.count == 2 ? try context.pattern(operands[1]) : try TimePattern("yyyy-MM-dd HH:mm:ss")
        return context.call(.formatted(pattern.pattern), [context.coercion.cast(seconds, to: .timestamp)], .string)
      },
      "months_between": Entry(count: 2...3) { (context, operands) throws(FlintError) in
        let times = [try context.timestamp(operands[0]), try context.timestamp(operands[1])]
        let isRounded = operands.count < 3 ? true : try context.constant(operands[2]) == .boolean(true)
        return context.call(.monthsBetween(isRounded: isRounded), times, .double)
      },
      "datediff": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.daysBetween, [try context.date(operands[0]), try context.date(operands[1])], .int32)
      },
      "date_add": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.addDays, [try context.date(operands[0]), try context.cast(operands[1], to: .int32)], .date)
      },
      "date_sub": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let days = try context.unary(.negate, try context.cast(operands[1], to: .int32))
        return context.call(.addDays, [try context.date(operands[0]), days], .date)
      },
      "add_months": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.addMonths, [try context.date(operands[0]), try context.cast(operands[1], to: .int32)], .date)
      },
      "last_day": Entry(count: 1...1) { (context, operands) throws(FlintError) in
        context.call(.lastDay, [try context.date(operands[0])], .date)
      },
      "date_part": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        let part = try context.constantText(operands[0]).lowercased()
        return try context.part(part, of: operands[1])
      },
      "date_trunc": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        try context.truncated(try context.constantText(operands[0]), try context.timestamp(operands[1]))
      },
      "trunc": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        try context.truncated(try context.constantText(operands[1]), try context.date(operands[0]))
      },
      "unix_timestamp": Entry(count: 1...2) { (context, operands) throws(FlintError) in
        let isText = operands.count == 2 && operands[0].type == .string
        let time = isText ? try context.read(operands[0], operands[1]) : try context.timestamp(operands[0])
        return context.call(.unixSeconds, [time], .int64)
      },
      "from_utc_timestamp": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.local(try context.zone(operands[1])), [try context.timestamp(operands[0])], .timestamp)
      },
      "to_utc_timestamp": Entry(count: 2...2) { (context, operands) throws(FlintError) in
        context.call(.moments(try context.zone(operands[1])), [try context.timestamp(operands[0])], .timestamp)
      },
    ]
    for (name, part) in parts {
      table[name] = Entry(count: 1...1) { (context, operands) throws(FlintError) in
        try context.part(part, of: operands[0])
      }
    }
    let others = [
      ("dateadd", "date_add"), ("date_diff", "datediff"), ("datepart", "date_part"),
      ("to_unix_timestamp", "unix_timestamp"),
    ]
    for (name, other) in others { table[name] = table[other] }
    return table
  }()

  /// Functions that give one part of a time.
  private static let parts: [(String, String)] = [
    ("year", "year"), ("quarter", "quarter"), ("month", "month"), ("day", "day"), ("dayofmonth", "day"),
    ("dayofweek", "dayofweek"), ("weekday", "weekday"), ("dayofyear", "doy"), ("weekofyear", "week"),
    ("hour", "hour"), ("minute", "minute"), ("second", "second"),
  ]
}

extension FunctionContext {
  private static let parts: [String: DatePart] = [
    "year": .year, "years": .year, "y": .year, "yr": .year, "quarter": .quarter, "qtr": .quarter, "month": .month,
    "months": .month, "mon": .month, "day": .day, "days": .day, "d": .day, "dayofweek": .dayOfWeek, "dow": .dayOfWeek,
    "weekday": .weekday, "dow_iso": .weekday, "doy": .dayOfYear, "week": .week, "weeks": .week, "w": .week,
    "yearofweek": .weekYear, "hour": .hour, "hours": .hour, "h": .hour, "minute": .minute, "minutes": .minute,
    "m": .minute, "min": .minute, "second": .second, "seconds": .second, "s": .second, "sec": .second,
  ]

  private static let units: [String: CalendarUnit] = [
    "year": .year, "yyyy": .year, "yy": .year, "quarter": .quarter, "month": .month, "mon": .month, "mm": .month,
    "week": .week, "day": .day, "dd": .day, "hour": .hour, "minute": .minute, "second": .second,
    "millisecond": .millisecond,
  ]

  fileprivate func part(_ name: String, of operand: TypedExpression) throws(FlintError) -> TypedExpression {
    guard let part = Self.parts[name] else {
      throw origin.error(
        .invalidQuery, "a time has no part '\(name)'",
        remedy: NearestName.find(for: name, in: Self.parts.keys.sorted()).map { "did you mean \($0)?" })
    }
    let time = operand.type == .date ? operand : try timestamp(operand)
    return call(.datePart(part), [time], .int32)
  }

  fileprivate func truncated(_ name: String, _ time: TypedExpression) throws(FlintError) -> TypedExpression {
    guard let unit = Self.units[name.lowercased()] else {
      throw origin.error(
        .invalidQuery, "times are not truncated to '\(name)'",
        remedy: NearestName.find(for: name, in: Self.units.keys.sorted()).map { "did you mean \($0)?" })
    }
    return call(.truncate(unit), [time], time.type)
  }

  fileprivate func pattern(_ operand: TypedExpression) throws(FlintError) -> TimePattern {
    let text = try constantText(operand)
    do throws(FlintError) { return try TimePattern(text) } catch {
      throw operand.origin.error(error.code, error.what, why: error.why, remedy: error.remedy)
    }
  }

  /// A text as a timestamp, by a pattern.
  fileprivate func read(
    _ operand: TypedExpression, _ pattern: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    if operand.type == .date || operand.type == .timestamp { return try timestamp(operand) }
    let known = try self.pattern(pattern)
    do throws(FlintError) { try known.demandReading() } catch {
      throw pattern.origin.error(error.code, error.what, why: error.why, remedy: error.remedy)
    }
    return call(.read(known.pattern), [try text(operand)], .timestamp, mayBeNull: kernels.rules == .legacy)
  }

  fileprivate func zone(_ operand: TypedExpression) throws(FlintError) -> String {
    let name = try constantText(operand)
    guard zones[name] != nil else {
      throw operand.origin.error(
        .invalidArgument, "there is no time zone '\(name)', or it is not written down in the query",
        remedy: "use a name such as 'Europe/Berlin', or an offset such as '+02:00'")
    }
    return name
  }
}
