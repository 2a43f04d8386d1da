extension TimePattern {
  /// What a text says of a time.
  private struct Reading {
    var year: Int64?
    var isBefore = false
    var month: Int64 = 1
    var day: Int64 = 1
    var dayOfYear: Int64?
    var hour: Int64?
    var hourOfHalf: Int64 = 0
    var isAfternoon = false
    var minute: Int64 = 0
    var second: Int64 = 0
    var microsecond: Int64 = 0
    var offset: Int64?

    /// Days since 1970-01-01; nil for a day that the calendar does not have.
    var days: Int64? {
      let year = isBefore ? 1 - (self.year ?? 1970) : self.year ?? 1970
      if let dayOfYear {
        let isThere = dayOfYear >= 1 && dayOfYear <= (CivilDay.isLeap(year) ? 366 : 365)
        return isThere ? CivilDay(year: year, month: 1, day: 1).days + dayOfYear - 1 : nil
      }
      let day = CivilDay(year: year, month: month, day: day)
      return day.isValid ? day.days : nil
    }

    /// Microseconds of the day. Without a word about the half of the day it is the first.
    var time: Int64 {
      let hour = hour ?? hourOfHalf + (isAfternoon ? 12 : 0)
      return ((hour * 60 + minute) * 60 + second) * 1_000_000 + microsecond
    }
  }

  /// Days since 1970-01-01; nil when a text is not as the pattern says, or is no day. White space around it is left out.
  package func day(_ text: UnsafeBufferPointer<UInt8>) -> Int32? {
    read(TextScanner(trimming: text))?.days.flatMap { Int32(exactly: $0) }
  }

  /// Microseconds since 1970-01-01 UTC of what a text tells; nil when it is not as the pattern says, or is no time. Without an
  /// offset it is what clocks show. What the text leaves out is that of 1970-01-01 00:00; white space around it is left out,
  /// unless `isWhole`.
  package func moment(
    _ text: UnsafeBufferPointer<UInt8>, _ clocks: inout Clocks, isWhole: Bool = false
  ) -> Int64? {
    let scanner = isWhole ? TextScanner(whole: text) : TextScanner(trimming: text)
    guard let reading = read(scanner), let days = reading.days else { return nil }
    let (microseconds, tooLarge) = days.multipliedReportingOverflow(by: Clocks.day)
    let (local, overflow) = microseconds.addingReportingOverflow(reading.time)
    if tooLarge || overflow { return nil }
    guard let offset = reading.offset else { return clocks.moment(local) }
    return local &- offset &* 1_000_000
  }

  private func read(_ start: TextScanner) -> Reading? {
    var (scanner, reading) = (start, Reading())
    return Self.read(parts[...], &scanner, &reading) && scanner.isAtEnd ? reading : nil
  }

  private static func read(
    _ parts: ArraySlice<Part>, _ scanner: inout TextScanner, _ reading: inout Reading
  ) -> Bool {
    for (index, part) in zip(parts.indices, parts) {
      switch part {
      case .literal(let bytes): guard scanner.takes(anyCase: bytes) else { return false }
      case .optional(let inner):
        var (triedScanner, triedReading) = (scanner, reading)
        if read(inner[...], &triedScanner, &triedReading) { (scanner, reading) = (triedScanner, triedReading) }
      case .field(let letter, let count):
        let following = reserved(parts[(index + 1)...])
        guard read(letter, count, reserved: following, &scanner, &reading) else { return false }
      }
    }
    return true
  }

  /// Digits that numbers of a fixed length need, which follow at once.
  private static func reserved(_ parts: ArraySlice<Part>) -> Int {
    var count = 0
    for part in parts {
      guard case .field(let letter, let width) = part, width > 1 else { break }
      switch letter {
      case .day, .hour, .hourFromOne, .hourOfHalf, .hourOfHalfFromZero, .minute, .second: count += width
      case .month, .monthAlone, .dayOfYear:
        if width > 2 && letter != .dayOfYear { return count } else { count += width }
      default: return count
      }
    }
    return count
  }

  private static func read(
    _ letter: Letter, _ count: Int, reserved: Int, _ scanner: inout TextScanner, _ reading: inout Reading
  ) -> Bool {
    func number(_ range: ClosedRange<Int64>, width: Int = 2) -> Int64? {
      let value = count > 1 ? scanner.number(count...count) : scanner.number(1...width, reserving: reserved)
      return value.flatMap { range.contains($0) ? $0 : nil }
    }
    switch letter {
    case .year, .countedYear: return readYear(count, reserved, &scanner, &reading)
    case .month, .monthAlone:
      if count > 2 { return readName(TimeNames.months, count, &scanner) { reading.month = $0 + 1 } }
      return number(1...12).map { reading.month = $0 } != nil
    case .day: return number(1...31).map { reading.day = $0 } != nil
    case .dayOfYear: return number(1...366, width: 3).map { reading.dayOfYear = $0 } != nil
    case .hour: return number(0...23).map { reading.hour = $0 } != nil
    case .hourFromOne: return number(1...24).map { reading.hour = $0 % 24 } != nil
    case .hourOfHalf: return number(1...12).map { reading.hourOfHalf = $0 % 12 } != nil
    case .hourOfHalfFromZero: return number(0...11).map { reading.hourOfHalf = $0 } != nil
    case .minute: return number(0...59).map { reading.minute = $0 } != nil
    case .second: return number(0...59).map { reading.second = $0 } != nil
    case .half: return readName(["AM", "PM"], 4, &scanner) { reading.isAfternoon = $0 == 1 }
    case .era: return readName(["AD", "BC"], 4, &scanner) { reading.isBefore = $0 == 1 }
    case .fraction: return readFraction(count, &scanner, &reading)
    case .offset, .plainOffset, .offsetDigits: return readOffset(letter, &scanner, &reading)
    case .quarter, .quarterAlone, .weekday, .zone: return false
    }
  }

  private static func readYear(
    _ count: Int, _ reserved: Int, _ scanner: inout TextScanner, _ reading: inout Reading
  ) -> Bool {
    if count == 2 {
      reading.year = scanner.number(2...2).map { $0 + 2000 }
      return reading.year != nil
    }
    let isSigned = scanner.next == UInt8(ascii: "+") || scanner.next == UInt8(ascii: "-")
    let isNegative = isSigned && scanner.isNegative()
    // A year without a sign that is longer than its letters would be another one with fewer digits.
    let width = count < 4 || isSigned ? count...7 : count...count
    reading.year = scanner.number(width, reserving: reserved).map { isNegative ? -$0 : $0 }
    return reading.year != nil
  }

  /// A name, or its first three letters, in any case.
  private static func readName(
    _ names: [String], _ count: Int, _ scanner: inout TextScanner, _ found: (Int64) -> Void
  ) -> Bool {
    for (index, name) in names.enumerated() {
      if scanner.takes(anyCase: Array(count == 3 ? name.utf8.prefix(3) : name.utf8.prefix(.max))) {
        found(Int64(index))
        return true
      }
    }
    return false
  }

  /// One to so many digits; those behind the sixth are cut off.
  private static func readFraction(_ count: Int, _ scanner: inout TextScanner, _ reading: inout Reading) -> Bool {
    let start = scanner.remaining
    guard let value = scanner.number(1...count) else { return false }
    let digits = start - scanner.remaining
    reading.microsecond =
      digits <= 6 ? value * TimeNames.power(6 - digits) : value / TimeNames.power(digits - 6)
    return true
  }

  /// `+hh`, `+hhmm` or `+hh:mm`, and `Z` where that is allowed.
  private static func readOffset(_ letter: Letter, _ scanner: inout TextScanner, _ reading: inout Reading) -> Bool {
    if letter == .offset, scanner.takes("Z") {
      reading.offset = 0
      return true
    }
    guard scanner.next == UInt8(ascii: "+") || scanner.next == UInt8(ascii: "-") else { return false }
    let isNegative = scanner.isNegative()
    guard let hours = scanner.number(2...2), hours <= 18 else { return false }
    let hasColon = scanner.takes(":")
    let minutes = scanner.number(2...2)
    guard minutes ?? 0 < 60, !hasColon || minutes != nil else { return false }
    let offset = hours * 3600 + (minutes ?? 0) * 60
    reading.offset = isNegative ? -offset : offset
    return true
  }
}

extension TextScanner {
  /// So many digits as a number, as many as there are but for those that what follows needs; nil, and nothing is taken, when
  /// there are too few.
  mutating func number(_ width: ClosedRange<Int>, reserving reserved: Int = 0) -> Int64? {
    var count = 0
    let rest = rest
    while count < min(rest.count, width.upperBound + reserved), rest[count] &- 48 < 10 { count += 1 }
    let taken = min(count - reserved, width.upperBound)
    guard taken >= width.lowerBound else { return nil }
    var value: Int64 = 0
    for index in 0..<taken { value = value * 10 + Int64(rest[index] &- 48) }
    skip(taken)
    return value
  }

  /// Bytes, of which ASCII letters may be in the other case.
  mutating func takes(anyCase bytes: [UInt8]) -> Bool {
    let rest = rest
    guard rest.count >= bytes.count else { return false }
    for (index, byte) in bytes.enumerated() {
      let isLetter = (byte | 32) &- 97 < 26
      guard rest[index] == byte || isLetter && rest[index] ^ 32 == byte else { return false }
    }
    skip(bytes.count)
    return true
  }
}
