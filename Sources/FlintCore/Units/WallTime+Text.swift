extension WallTime: CustomStringConvertible {
  /// ISO 8601 in UTC with microseconds, always 27 characters between the years 0 and 9999:
  /// `2026-11-20T15:04:05.123456Z`. Years outside carry a sign.
  public var description: String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(27)
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends ``description`` as ASCII; log handlers write a time with every line.
  func append(to bytes: inout [UInt8]) {
    let days = microseconds.dividedDown(by: Self.microsecondsPerDay)
    let date = CivilDate(daysSinceEpoch: days)
    // The first day that 64 bits hold starts before they do; wrapped arithmetic comes out right.
    let time = microseconds &- days &* Self.microsecondsPerDay
    if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
    if date.year > 9999 { bytes.append(UInt8(ascii: "+")) }
    let year = abs(date.year)
    Self.append(year, width: year > 9999 ? String(year).utf8.count : 4, to: &bytes)
    Self.append(Int64(date.month), width: 2, after: "-", to: &bytes)
    Self.append(Int64(date.day), width: 2, after: "-", to: &bytes)
    Self.append(time / 3_600_000_000, width: 2, after: "T", to: &bytes)
    Self.append(time / 60_000_000 % 60, width: 2, after: ":", to: &bytes)
    Self.append(time / 1_000_000 % 60, width: 2, after: ":", to: &bytes)
    Self.append(time % 1_000_000, width: 6, after: ".", to: &bytes)
    bytes.append(UInt8(ascii: "Z"))
  }

  /// Reads back what ``description`` writes; the fraction may have no digits at all, or one to six.
  ///
  /// Throws `invalid-argument` for anything else: another zone, a date that the calendar does not have, a leap second.
  public init(parsing text: String) throws(FlintError) {
    guard let microseconds = Self.microseconds(in: text) else {
      throw FlintError(
        .invalidArgument, "\"\(text)\" is not a time",
        why: "a time is a valid date and time of day in UTC, in ISO 8601",
        remedy: "write a time such as 2026-11-20T15:04:05.123456Z")
    }
    self.init(microseconds: microseconds)
  }

  private static let microsecondsPerDay: Int64 = 86_400_000_000

  private static func append(
    _ number: Int64, width: Int, after separator: Unicode.Scalar? = nil, to bytes: inout [UInt8]
  ) {
    if let separator { bytes.append(UInt8(ascii: separator)) }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: width))
    var rest = number
    var position = start + width - 1
    while rest > 0, position >= start {
      bytes[position] += UInt8(rest % 10)
      rest /= 10
      position -= 1
    }
  }

  private static func microseconds(in text: String) -> Int64? {
    var scanner = Scanner(bytes: text.utf8[...])
    let sign: Int64 = scanner.skip("-") ? -1 : 1
    let isLong = sign < 0 || scanner.skip("+")
    guard let year = scanner.number(digits: isLong ? 4...6 : 4...4), scanner.skip("-"),
      let month = scanner.number(digits: 2...2), scanner.skip("-"),
      let day = scanner.number(digits: 2...2), scanner.skip("T"),
      let hour = scanner.number(digits: 2...2), hour < 24, scanner.skip(":"),
      let minute = scanner.number(digits: 2...2), minute < 60, scanner.skip(":"),
      let second = scanner.number(digits: 2...2), second < 60,
      let fraction = scanner.fraction(), scanner.skip("Z"), scanner.bytes.isEmpty
    else { return nil }
    let date = CivilDate(year: sign * year, month: Int(month), day: Int(day))
    guard date.isValid else { return nil }
    let time = (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
    return sum(days: date.daysSinceEpoch, time: time)
  }

  /// The moment `time` microseconds into a day, or nil where 64 bits do not hold it.
  private static func sum(days: Int64, time: Int64) -> Int64? {
    // The first day that 64 bits hold starts before they do, so count its time back from its end.
    let (day, time) = days < 0 ? (days + 1, time - microsecondsPerDay) : (days, time)
    let (product, tooLarge) = day.multipliedReportingOverflow(by: microsecondsPerDay)
    let (sum, carried) = product.addingReportingOverflow(time)
    return tooLarge || carried ? nil : sum
  }

  /// Takes a text apart from its front.
  private struct Scanner {
    var bytes: Substring.UTF8View

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
      guard bytes.first == UInt8(ascii: character) else { return false }
      bytes.removeFirst()
      return true
    }

    mutating func number(digits: ClosedRange<Int>) -> Int64? {
      let run = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard digits.contains(run.count) else { return nil }
      bytes = bytes.dropFirst(run.count)
      return run.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    mutating func fraction() -> Int64? {
      guard skip(".") else { return 0 }
      let before = bytes.count
      guard var fraction = number(digits: 1...6) else { return nil }
      for _ in (before - bytes.count)..<6 { fraction *= 10 }
      return fraction
    }
  }
}
