extension TimePattern {
  /// What a text says, as far as it says it.
  private struct Found {
    var day = CivilDay(year: 1970, month: 1, day: 1)
    var hour: Int64 = 0
    var isAfternoon: Bool?
    var minute: Int64 = 0
    var second: Int64 = 0
    var microseconds: Int64 = 0
    /// Seconds ahead of UTC.
    var offset: Int64?

    /// Microseconds of the time of day; nil when there is no such time.
    var time: Int64? {
      var hour = self.hour
      if let isAfternoon {
        guard (1...12).contains(hour) else { return nil }
        hour = hour % 12 + (isAfternoon ? 12 : 0)
      }
      guard hour < 24, minute < 60, second < 60 else { return nil }
      return ((hour * 60 + minute) * 60 + second) * 1_000_000 + microseconds
    }
  }

  /// Days since 1970-01-01; nil when the text is not as the pattern says, or is no day.
  package func day(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
    guard let found = read(text), found.day.isValid, found.time != nil else { return nil }
    return Int32(exactly: found.day.days)
  }

  /// Microseconds since 1970-01-01 UTC; nil when the text is not as the pattern says, or is no time. Without an
  /// offset it is what clocks show.
  package func moment(_ text: UnsafeBufferPointer<UInt8>, _ clocks: inout Clocks) -> Int64? {
    guard let found = read(text), found.day.isValid, let time = found.time else { return nil }
    let (microseconds, tooLarge) = found.day.days.multipliedReportingOverflow(by: Clocks.day)
    let (local, overflow) = microseconds.addingReportingOverflow(time)
    if tooLarge || overflow { return nil }
    return found.offset.map { local &- $0 &* 1_000_000 } ?? clocks.moment(local)
  }

  private func read(_ text: UnsafeBufferPointer<UInt8>) -> Found? {
    var scanner = TextScanner(trimming: text)
    var found = Found()
    return Self.read(parts, &scanner, &found) && scanner.isAtEnd ? found : nil
  }

  private static func read(_ parts: [Part], _ scanner: inout TextScanner, _ found: inout Found) -> Bool {
    for (index, part) in parts.enumerated() {
      switch part {
      case .number(let letter, let width):
        // Numbers that stand side by side have exactly their digits, or nobody could part them.
        let isFollowed = if index + 1 < parts.count, case .number = parts[index + 1] { true } else { false }
        guard readNumber(letter, width, isExact: isFollowed || width > 1, &scanner, &found) else { return false }
      case .fraction(let width):
        guard let digits = scanner.digits(atMost: width), digits.count > 0 else { return false }
        var value = digits.value
        for _ in digits.count..<max(6, digits.count) { value *= 10 }
        for _ in 6..<max(6, digits.count) { value /= 10 }
        found.microseconds = value
      case .monthName:
        guard scanner.remaining >= 3,
          let month = monthNames.firstIndex(where: { name in
            zip(name, scanner.rest).allSatisfy { $0 | 32 == $1 | 32 }
          })
        else { return false }
        found.day.month = Int64(month + 1)
        scanner.skip(3)
      case .halfOfDay:
        let isAfternoon = scanner.takes("P") || scanner.takes("p")
        guard isAfternoon || scanner.takes("A") || scanner.takes("a"), scanner.takes("M") || scanner.takes("m") else {
          return false
        }
        found.isAfternoon = isAfternoon
      case .zone(_, let hasZ):
        guard let offset = readOffset(&scanner, hasZ: hasZ) else { return false }
        found.offset = offset
      case .literal(let bytes):
        guard scanner.remaining >= bytes.count, zip(bytes, scanner.rest).allSatisfy({ $0 == $1 }) else { return false }
        scanner.skip(bytes.count)
      case .optional(let inner):
        var (attempt, result) = (scanner, found)
        if read(inner, &attempt, &result) { (scanner, found) = (attempt, result) }
      }
    }
    return true
  }

  private static func readNumber(
    _ letter: Letter, _ width: Int, isExact: Bool, _ scanner: inout TextScanner, _ found: inout Found
  ) -> Bool {
    let isYear = letter == .year
    let isNegative = isYear && scanner.takes("-")
    var value: Int64 = 0
    var count = 0
    let most = isExact ? width : isYear ? 7 : 2
    while count < most, let byte = scanner.next, byte &- 48 < 10 {
      value = value * 10 + Int64(byte &- 48)
      count += 1
      scanner.skip(1)
    }
    guard count > 0, !isExact || count == width else { return false }
    switch letter {
    case .year: found.day.year = width == 2 ? 2000 + value : isNegative ? -value : value
    case .month: found.day.month = value
    case .day: found.day.day = value
    case .hour, .hourOfHalf: found.hour = value
    case .minute: found.minute = value
    case .second: found.second = value
    }
    return true
  }

  /// Seconds of `+02`, `+0200` or `+02:00`.
  private static func readOffset(_ scanner: inout TextScanner, hasZ: Bool) -> Int64? {
    if hasZ, scanner.takes("Z") { return 0 }
    guard scanner.next == UInt8(ascii: "+") || scanner.next == UInt8(ascii: "-") else { return nil }
    let isNegative = scanner.isNegative()
    var parts: [Int64] = []
    while parts.count < 2, let first = scanner.next, first &- 48 < 10 {
      scanner.skip(1)
      guard let second = scanner.next, second &- 48 < 10 else { return nil }
      scanner.skip(1)
      parts.append(Int64(first &- 48) * 10 + Int64(second &- 48))
      if parts.count == 1 { _ = scanner.takes(":") }
    }
    guard let hours = parts.first, hours <= 18, parts.last.map({ $0 < 60 || parts.count == 1 }) ?? false else {
      return nil
    }
    let seconds = hours * 3600 + (parts.count > 1 ? parts[1] * 60 : 0)
    return isNegative ? -seconds : seconds
  }
}
