extension ValueWriter {
  /// Writes a day as a pattern says.
  package mutating func write(date days: Int64, _ pattern: TimePattern) {
    write(pattern.parts, CivilDay(days: days), time: 0, offset: 0)
  }

  /// Writes a moment as a pattern says, as clocks show it.
  package mutating func write(timestamp moment: Int64, _ pattern: TimePattern) {
    let local = local(moment)
    let days = local.dividedDown(by: Clocks.day)
    write(
      pattern.parts, CivilDay(days: days), time: local - days * Clocks.day,
      offset: (local &- moment).dividedDown(by: 1_000_000))
  }

  private mutating func write(_ parts: [TimePattern.Part], _ day: CivilDay, time: Int64, offset: Int64) {
    for part in parts {
      switch part {
      case .number(let letter, let width): write(letter, width, day, time)
      case .fraction(let width):
        var digits = time % 1_000_000
        for _ in width..<max(6, width) { digits /= 10 }
        write(digits, digits: min(width, 6))
        for _ in 6..<max(6, width) { write("0") }
      case .monthName: write(String(decoding: TimePattern.monthNames[Int(day.month) - 1], as: UTF8.self))
      case .halfOfDay: write(time < Clocks.day / 2 ? "AM" : "PM")
      case .zone(let letters, let hasZ):
        if hasZ, offset == 0 {
          write("Z")
          continue
        }
        write(offset < 0 ? "-" : "+")
        write(abs(offset) / 3600, digits: 2)
        let minutes = abs(offset) / 60 % 60
        if letters == 1, minutes == 0 { continue }
        if letters == 3 { write(":") }
        write(minutes, digits: 2)
      case .literal(let bytes): write(String(decoding: bytes, as: UTF8.self))
      case .optional(let inner): write(inner, day, time: time, offset: offset)
      }
    }
  }

  private mutating func write(_ letter: TimePattern.Letter, _ width: Int, _ day: CivilDay, _ time: Int64) {
    let hour = time / 3_600_000_000
    switch letter {
    case .year: if width == 2 { write(abs(day.year % 100), digits: 2) } else { write(day.year, digits: width) }
    case .month: write(day.month, digits: width)
    case .day: write(day.day, digits: width)
    case .hour: write(hour, digits: width)
    case .hourOfHalf: write((hour + 11) % 12 + 1, digits: width)
    case .minute: write(time / 60_000_000 % 60, digits: width)
    case .second: write(time / 1_000_000 % 60, digits: width)
    }
  }
}
