internal import FlintColumns

/// What an interval counts.
enum IntervalUnit: String, CaseIterable {
  case year, quarter, month, week, day, hour, minute, second, millisecond, microsecond

  static let words = allCases.map { $0.rawValue.uppercased() }

  /// A unit in singular or plural.
  init?(_ token: Token) {
    guard case .word(let word) = token.kind else { return nil }
    self.init(word: word)
  }

  init?(word: some StringProtocol) {
    let word = word.lowercased()
    guard let unit = Self.allCases.first(where: { $0.rawValue == word || $0.rawValue + "s" == word }) else {
      return nil
    }
    self = unit
  }

  /// So much of it; nil when the text is no such number, or has no room. Only seconds and less have fractions.
  func interval(_ amount: some StringProtocol) -> Interval? {
    let text = amount.drop { $0 == " " }.prefix { $0 != " " }
    switch self {
    case .year: return whole(text, times: 12).map { Interval(months: $0) }
    case .quarter: return whole(text, times: 3).map { Interval(months: $0) }
    case .month: return whole(text, times: 1).map { Interval(months: $0) }
    case .week: return whole(text, times: 7).map { Interval(days: $0) }
    case .day: return whole(text, times: 1).map { Interval(days: $0) }
    case .hour: return microseconds(text, times: 3_600_000_000)
    case .minute: return microseconds(text, times: 60_000_000)
    case .second: return seconds(text)
    case .millisecond: return microseconds(text, times: 1000)
    case .microsecond: return microseconds(text, times: 1)
    }
  }

  private func whole(_ text: some StringProtocol, times factor: Int32) -> Int32? {
    guard let number = Int32(text) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  private func microseconds(_ text: some StringProtocol, times factor: Int64) -> Interval? {
    guard let number = Int64(text) else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: factor)
    return overflow ? nil : Interval(microseconds: product)
  }

  private func seconds(_ text: some StringProtocol) -> Interval? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let whole = Int64(first) else { return nil }
    var fraction: Int64 = 0
    if parts.count == 2 {
      guard (1...9).contains(parts[1].count), parts[1].allSatisfy(\.isWholeNumber) else { return nil }
      let digits = (parts[1] + "000000").prefix(6)
      guard let number = Int64(digits) else { return nil }
      fraction = first.hasPrefix("-") ? -number : number
    }
    let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = product.addingReportingOverflow(fraction)
    return overflow || carry ? nil : Interval(microseconds: sum)
  }
}

extension Interval {
  /// The sum part by part; nil when one has no room.
  func adding(_ other: Interval) -> Interval? {
    let (months, first) = self.months.addingReportingOverflow(other.months)
    let (days, second) = self.days.addingReportingOverflow(other.days)
    let (microseconds, third) = self.microseconds.addingReportingOverflow(other.microseconds)
    return first || second || third ? nil : Interval(months: months, days: days, microseconds: microseconds)
  }

  /// The opposite part by part; nil when one has none.
  var negated: Interval? {
    guard months != .min, days != .min, microseconds != .min else { return nil }
    return Interval(months: -months, days: -days, microseconds: -microseconds)
  }
}
