internal import FlintColumns

/// What is computed of the values of one row. Operands have exactly the types that each one says.
enum ScalarFunction: Hashable, Sendable {
  // Numbers of one type, or decimals.
  case arithmetic(ArithmeticOperator)
  case negate, absolute
  /// Of a double.
  case math(MathFunction)
  /// Of two doubles.
  case power, arcTangent, hypotenuse
  /// To so many digits behind the point, halves away from zero.
  case round(Int)
  /// To the whole number below, or above.
  case floor, ceiling

  // Values of one type.
  case compare(ComparisonOperator)
  case same
  case greatest, least
  case coalesce

  // Booleans.
  case and, or, not
  case isNull, isNotNull
  /// Of a double.
  case isNaN

  // Texts.
  case like(String, escape: Unicode.Scalar?)
  case hasPrefix(String), hasSuffix(String), contains(String)
  case concatenate
  case upper, lower, length, reverse
  case trim(leading: Bool, trailing: Bool)
  case substring(from: Int, count: Int?)
  case replace(String, with: String)
  case position(String)
  case pad(Int, filling: String, isLeft: Bool)
  case repeated(Int)
  /// Those that are not null, with a text between them.
  case joined(by: String)
  case capitalized
  /// By a text, or by a regular expression; the last part holds the rest where there is a limit.
  case split(String, isRegular: Bool, limit: Int)
  case matches(RegularExpression)
  /// What a group of the first match holds.
  case extracted(RegularExpression, group: Int)
  case replaced(RegularExpression, with: String)

  // Times.
  case datePart(DatePart)
  case truncate(CalendarUnit)
  /// A date and days.
  case addDays
  /// The second date taken from the first.
  case daysBetween
  case addMonths
  /// A timestamp and an interval.
  case addInterval
  /// Two timestamps.
  case between
  case addIntervals, subtractIntervals
  case lastDay
  /// A timestamp of UTC as clocks in a time zone show it, and back.
  case local(String), moments(String)
  /// A timestamp in seconds since 1970, and back.
  case unixSeconds
  /// A time as a text, and a text as a timestamp.
  case formatted(String), read(String)
  /// From the second timestamp to the first.
  case monthsBetween(isRounded: Bool)
  /// The beginning of the span of microseconds in which a timestamp lies; spans begin at `start` or whole lengths from it.
  case span(length: Int64, start: Int64)

  // Nested values.
  case structure
  case field(Int)
  /// A list and a number from 0 on.
  case element
  case makeList
  case size
  /// A map and a key.
  case value
  /// A list and a value.
  case holds
  case zipped([String])

  /// Of the program.
  case user(UserFunction)
}

extension ScalarFunction {
  /// Whether the same operands always give the same.
  var isDeterministic: Bool {
    if case .user = self { false } else { true }
  }

  /// Whether it may fail for some values.
  var mayFail: Bool {
    switch self {
    case .arithmetic, .negate, .absolute, .addDays, .addIntervals, .subtractIntervals, .element, .round, .floor,
      .ceiling, .read, .user:
      true
    default: false
    }
  }
}
