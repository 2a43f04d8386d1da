internal import FlintColumns

/// Intervals whose units stand in a text, or are counted from one unit to another.
enum IntervalText {
  /// `1 day 2 hours`, perhaps with the word interval before it; nil when it is none.
  static func interval(_ text: String) -> Interval? {
    var words = text.split { $0.isWhitespace }
    if words.first?.lowercased() == "interval" { words.removeFirst() }
    guard !words.isEmpty, words.count % 2 == 0 else { return nil }
    var total = Interval()
    for index in stride(from: 0, to: words.count, by: 2) {
      guard let part = IntervalUnit(word: words[index + 1])?.interval(words[index]),
        let sum = total.adding(part)
      else { return nil }
      total = sum
    }
    return total
  }

  /// `1-2` as years to months, `1 02:03:04.5` as days to seconds, and what lies between.
  static func span(_ text: String, _ first: IntervalUnit, _ last: IntervalUnit) -> Interval? {
    let isNegative = text.hasPrefix("-")
    let magnitude = isNegative || text.hasPrefix("+") ? String(text.dropFirst()) : text
    let units: [IntervalUnit]
    let separators: Set<Character>
    if first == .year, last == .month {
      units = [.year, .month]
      separators = ["-"]
    } else {
      let all: [IntervalUnit] = [.day, .hour, .minute, .second]
      guard let start = all.firstIndex(of: first), let end = all.firstIndex(of: last), start < end else { return nil }
      units = Array(all[start...end])
      separators = [":", " "]
    }
    let parts = magnitude.split(whereSeparator: separators.contains)
    guard parts.count == units.count else { return nil }
    var total = Interval()
    for (unit, part) in zip(units, parts) {
      guard !part.hasPrefix("-"), let value = unit.interval(part), let sum = total.adding(value) else { return nil }
      total = sum
    }
    return isNegative ? total.negated : total
  }
}
