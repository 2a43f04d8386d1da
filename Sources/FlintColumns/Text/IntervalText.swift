/// Spans of time out of texts, such as `1 year -3 days 4 hours 5.25 seconds`, with or without the word `interval` before it.
enum IntervalText {
  private static let microseconds: [(name: String, count: Int64)] = [
    ("hour", 3_600_000_000), ("minute", 60_000_000), ("second", 1_000_000), ("millisecond", 1000), ("microsecond", 1),
  ]
  private static let months: [(name: String, count: Int64)] = [("year", 12), ("month", 1)]
  private static let days: [(name: String, count: Int64)] = [("week", 7), ("day", 1)]

  static func interval(_ text: UnsafeBufferPointer<UInt8>) -> Interval? {
    var scanner = TextScanner(trimming: text)
    _ = takesWord("interval", &scanner)
    var (months, days, microseconds) = (Int64(0), Int64(0), Int64(0))
    var count = 0
    while !scanner.isAtEnd {
      guard let number = number(&scanner), let unit = unit(&scanner) else { return nil }
      let sums: (Int64, Bool)
      switch unit {
      case .months(let factor) where number.fraction == 0: sums = add(months, number.whole, factor)
      case .days(let factor) where number.fraction == 0: sums = add(days, number.whole, factor)
      case .microseconds(let factor) where number.fraction == 0 || factor == 1_000_000:
        sums = add(microseconds, number.whole, factor)
      default: return nil
      }
      if sums.1 { return nil }
      switch unit {
      case .months: months = sums.0
      case .days: days = sums.0
      case .microseconds: microseconds = sums.0 &+ number.fraction
      }
      count += 1
    }
    guard count > 0, let months = Int32(exactly: months), let days = Int32(exactly: days) else { return nil }
    return Interval(months: months, days: days, microseconds: microseconds)
  }

  private enum Unit {
    case months(Int64)
    case days(Int64)
    case microseconds(Int64)
  }

  private static func add(_ sum: Int64, _ number: Int64, _ factor: Int64) -> (Int64, Bool) {
    let (product, tooLarge) = number.multipliedReportingOverflow(by: factor)
    let (result, overflow) = sum.addingReportingOverflow(product)
    return (result, tooLarge || overflow)
  }

  /// A whole number, and what stands behind its point in millionths, with its sign.
  private static func number(_ scanner: inout TextScanner) -> (whole: Int64, fraction: Int64)? {
    skipBlanks(&scanner)
    let isNegative = scanner.isNegative()
    skipBlanks(&scanner)
    guard let whole = scanner.digits(), whole.count > 0 else { return nil }
    var fraction: Int64 = 0
    if scanner.takes(".") {
      guard let digits = scanner.digits(atMost: 9), digits.count > 0 else { return nil }
      fraction =
        digits.count <= 6
        ? digits.value * TimeNames.power(6 - digits.count) : digits.value / TimeNames.power(digits.count - 6)
    }
    return isNegative ? (-whole.value, -fraction) : (whole.value, fraction)
  }

  private static func unit(_ scanner: inout TextScanner) -> Unit? {
    skipBlanks(&scanner)
    for (name, count) in months where takesWord(name, &scanner) { return .months(count) }
    for (name, count) in days where takesWord(name, &scanner) { return .days(count) }
    for (name, count) in microseconds where takesWord(name, &scanner) { return .microseconds(count) }
    return nil
  }

  /// A word, also with an `s` behind it, and what is blank behind that.
  private static func takesWord(_ word: String, _ scanner: inout TextScanner) -> Bool {
    var tried = scanner
    guard tried.takes(anyCase: Array(word.utf8)) else { return false }
    _ = tried.takes(anyCase: [UInt8(ascii: "s")])
    if let next = tried.next, (next | 32) &- 97 < 26 { return false }
    skipBlanks(&tried)
    scanner = tried
    return true
  }

  private static func skipBlanks(_ scanner: inout TextScanner) {
    while let byte = scanner.next, byte <= 32 { scanner.skip(1) }
  }
}

extension Interval {
  /// A span as SQL writes it, such as `1 year -3 days 4 hours 5.25 seconds`; nil when the text is none.
  public init?(_ text: String) {
    var text = text
    guard let interval = text.withUTF8({ IntervalText.interval($0) }) else { return nil }
    self = interval
  }
}
