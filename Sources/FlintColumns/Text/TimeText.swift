/// Dates and timestamps out of texts, as SQL and ISO 8601 write them.
package enum TimeText {
  /// Days of `yyyy`, `yyyy-mm`, `yyyy-mm-dd`, also with one digit of month and day; behind a whole date and `T` or a
  /// blank stands anything. Years have four to seven digits and may have a sign.
  package static func date(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
    var scanner = TextScanner(trimming: text)
    guard let day = day(&scanner) else { return nil }
    if !scanner.isAtEnd, day.isWhole, !scanner.takes("T"), !scanner.takes(" ") { return nil }
    if !day.isWhole, !scanner.isAtEnd { return nil }
    return Int32(exactly: day.days)
  }

  /// Microseconds of a date as above, alone or with `T` or a blank and `hh`, `hh:mm`, `hh:mm:ss` or
  /// `hh:mm:ss.ffffff`, and with a zone: `Z`, `+hh:mm`. Without one clocks show it. Digits behind the sixth are cut
  /// off.
  package static func timestamp(_ text: UnsafeBufferPointer<UInt8>, _ clocks: inout Clocks) -> Int64? {
    var scanner = TextScanner(trimming: text)
    guard let day = day(&scanner) else { return nil }
    var time: Int64 = 0
    var offset: Int64?
    if !scanner.isAtEnd {
      guard day.isWhole, scanner.takes("T") || scanner.takes(" "), let parsed = self.time(&scanner) else { return nil }
      time = parsed
      if !scanner.isAtEnd {
        guard let zone = zone(&scanner) else { return nil }
        offset = zone
      }
    }
    let (microseconds, tooLarge) = day.days.multipliedReportingOverflow(by: Clocks.day)
    let (local, overflow) = microseconds.addingReportingOverflow(time)
    if tooLarge || overflow { return nil }
    guard let offset else { return clocks.moment(local) }
    return local &- offset &* 1_000_000
  }

  private static func day(_ scanner: inout TextScanner) -> (days: Int64, isWhole: Bool)? {
    let isNegative = scanner.isNegative()
    guard let year = scanner.digits(atMost: 7), year.count >= 4 else { return nil }
    var day = CivilDay(year: isNegative ? -year.value : year.value, month: 1, day: 1)
    var isWhole = false
    if scanner.takes("-") {
      guard let month = scanner.digits(atMost: 2), month.count > 0 else { return nil }
      day.month = month.value
      if scanner.takes("-") {
        guard let number = scanner.digits(atMost: 2), number.count > 0 else { return nil }
        day.day = number.value
        isWhole = true
      }
    }
    return day.isValid ? (day.days, isWhole) : nil
  }

  /// Microseconds of a time of day. A leap second is none that clocks here count.
  private static func time(_ scanner: inout TextScanner) -> Int64? {
    guard let hour = scanner.digits(atMost: 2), hour.count > 0, hour.value < 24 else { return nil }
    var time = hour.value * 3600
    guard scanner.takes(":") else { return time * 1_000_000 }
    guard let minute = scanner.digits(atMost: 2), minute.count > 0, minute.value < 60 else { return nil }
    time += minute.value * 60
    guard scanner.takes(":") else { return time * 1_000_000 }
    guard let second = scanner.digits(atMost: 2), second.count > 0, second.value < 60 else { return nil }
    time = (time + second.value) * 1_000_000
    guard scanner.takes(".") else { return time }
    var unit: Int64 = 100_000
    while let byte = scanner.next, byte &- 48 < 10 {
      time += unit * Int64(byte &- 48)
      unit /= 10
      scanner.skip(1)
    }
    return time
  }

  private static func zone(_ scanner: inout TextScanner) -> Int64? {
    _ = scanner.takes(" ")
    if scanner.remaining == 1, scanner.takes("Z") { return 0 }
    return ZoneRules.fixedOffset(String(decoding: scanner.rest, as: UTF8.self))
  }
}
