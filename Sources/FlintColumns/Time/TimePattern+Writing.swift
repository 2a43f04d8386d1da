extension ValueWriter {
  /// Writes a day as a pattern says.
  package mutating func write(date days: Int64, _ pattern: TimePattern) {
    write(pattern.parts, Shown(days, time: 0, offset: 0, pattern))
  }

  /// Writes a moment as a pattern says, as clocks show it.
  package mutating func write(timestamp moment: Int64, _ pattern: TimePattern) {
    let local = local(moment)
    let days = local.dividedDown(by: Clocks.day)
    let offset = (local &- moment).dividedDown(by: 1_000_000)
    write(pattern.parts, Shown(days, time: local &- days &* Clocks.day, offset: offset, pattern))
  }

  private struct Shown {
    let days: Int64
    let day: CivilDay
    let time: Int64
    let offset: Int64
    let hasEra: Bool

    init(_ days: Int64, time: Int64, offset: Int64, _ pattern: TimePattern) {
      self.days = days
      day = CivilDay(days: days)
      self.time = time
      self.offset = offset
      hasEra = pattern.hasEra
    }

    var hour: Int64 { time / 3_600_000_000 }
  }

  private mutating func write(_ parts: [TimePattern.Part], _ shown: Shown) {
    for part in parts {
      switch part {
      case .literal(let bytes): write(bytes)
      case .optional(let inner): write(inner, shown)
      case .field(let letter, let count): write(letter, count, shown)
      }
    }
  }

  private mutating func write(_ letter: TimePattern.Letter, _ count: Int, _ shown: Shown) {
    switch letter {
    case .era: write(shown.day.year > 0 ? (count == 4 ? "Anno Domini" : "AD") : count == 4 ? "Before Christ" : "BC")
    case .year: writeYear(shown.day.year, count, inEra: shown.hasEra)
    case .countedYear: writeYear(shown.day.year, count, inEra: false)
    case .month, .monthAlone: write(TimeNames.months, Int(shown.day.month) - 1, shown.day.month, count)
    case .day: write(shown.day.day, digits: count)
    case .dayOfYear: write(shown.days - CivilDay(year: shown.day.year, month: 1, day: 1).days + 1, digits: count)
    case .quarter, .quarterAlone: writeQuarter((shown.day.month + 2) / 3, count)
    case .weekday:
      let name = TimeNames.weekdays[Int((shown.days + 3).remainderDown(by: 7))]
      write(count < 4 ? String(name.prefix(3)) : name)
    case .half: write(shown.hour < 12 ? "AM" : "PM")
    case .hour: write(shown.hour, digits: count)
    case .hourFromOne: write(shown.hour == 0 ? 24 : shown.hour, digits: count)
    case .hourOfHalf: write((shown.hour + 11) % 12 + 1, digits: count)
    case .hourOfHalfFromZero: write(shown.hour % 12, digits: count)
    case .minute: write(shown.time / 60_000_000 % 60, digits: count)
    case .second: write(shown.time / 1_000_000 % 60, digits: count)
    case .fraction: writeFraction(shown.time % 1_000_000, count)
    case .offset where shown.offset == 0: write("Z")
    case .offset, .plainOffset: writeOffset(shown.offset, hasMinutes: count > 1, separator: count == 3 ? ":" : "")
    case .offsetDigits: writeOffset(shown.offset, hasMinutes: true, separator: "")
    case .zone: write(zoneName)
    }
  }

  /// The year, or that of its era; two letters stand for its last two digits.
  private mutating func writeYear(_ year: Int64, _ count: Int, inEra: Bool) {
    let year = inEra && year <= 0 ? 1 - year : year
    if count == 2 { return write(abs(year % 100), digits: 2) }
    // What is longer than its letters has a sign, so that it is read again.
    if count >= 4, year > 0, String(year).utf8.count > count { write("+") }
    write(year, digits: count)
  }

  private mutating func write(_ names: [String], _ index: Int, _ number: Int64, _ count: Int) {
    switch count {
    case 1, 2: write(number, digits: count)
    case 3: write(String(names[index].prefix(3)))
    default: write(names[index])
    }
  }

  private mutating func writeQuarter(_ quarter: Int64, _ count: Int) {
    switch count {
    case 1, 2: write(quarter, digits: count)
    case 3: write("Q\(quarter)")
    default: write(["1st", "2nd", "3rd", "4th"][Int(quarter) - 1] + " quarter")
    }
  }

  private mutating func writeFraction(_ microseconds: Int64, _ count: Int) {
    let shown = count >= 6 ? microseconds : microseconds / TimeNames.power(6 - count)
    write(shown, digits: min(count, 6))
    for _ in 6..<max(count, 6) { write("0") }
  }

  private mutating func writeOffset(_ offset: Int64, hasMinutes: Bool, separator: String) {
    write(offset < 0 ? "-" : "+")
    let minutes = abs(offset) / 60
    write(minutes / 60, digits: 2)
    // One letter leaves whole hours alone.
    guard hasMinutes || minutes % 60 != 0 else { return }
    write(separator)
    write(minutes % 60, digits: 2)
  }
}
