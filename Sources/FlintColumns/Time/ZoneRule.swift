/// When clocks change from now on, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct ZoneRule {
  private let standard: Int64
  private let summer: (offset: Int64, begins: Day, ends: Day)?

  /// A day of each year, and seconds from its start.
  private struct Day {
    enum Form {
      /// 1 to 365; the 29th of February is never counted.
      case julian(Int64)
      /// 0 to 365.
      case ordinal(Int64)
      /// The weekday, 0 for Sunday, of the `week`-th time in a month; 5 for the last time.
      case weekday(month: Int64, week: Int64, day: Int64)
    }
    let form: Form
    let seconds: Int64

    /// Seconds from 1970-01-01 to this time of a year, in local time.
    func local(in year: Int64) -> Int64 {
      let first = CivilDay(year: year, month: 1, day: 1).days
      let day: Int64
      switch form {
      case .julian(let number): day = first + number - 1 + (CivilDay.isLeap(year) && number >= 60 ? 1 : 0)
      case .ordinal(let number): day = first + number
      case .weekday(let month, let week, let weekday):
        let start = CivilDay(year: year, month: month, day: 1).days
        // 1970-01-01 was a Thursday.
        let startDay = (start + 4).remainderDown(by: 7)
        let offset = (weekday - startDay).remainderDown(by: 7) + 7 * (week - 1)
        day = start + (offset >= CivilDay.length(ofMonth: month, in: year) ? offset - 7 : offset)
      }
      return day * 86400 + seconds
    }
  }

  /// Nil when the text is no rule.
  init?(_ text: String) {
    var parser = Parser(Array(text.utf8))
    guard parser.name(), let offset = parser.offset() else { return nil }
    standard = -offset
    if parser.isAtEnd {
      summer = nil
      return
    }
    guard parser.name() else { return nil }
    let summerOffset = parser.next == UInt8(ascii: ",") ? standard + 3600 : parser.offset().map { -$0 }
    guard let summerOffset, let begins = parser.day(), let ends = parser.day(), parser.isAtEnd else { return nil }
    summer = (summerOffset, begins, ends)
  }

  /// The changes of a year with the offsets after them, rising.
  func changes(in year: Int64) -> [(seconds: Int64, offset: Int64)] {
    // Without summer time nothing changes any more.
    guard let summer else { return [] }
    let begins = (seconds: summer.begins.local(in: year) - standard, offset: summer.offset)
    let ends = (seconds: summer.ends.local(in: year) - summer.offset, offset: standard)
    return begins.seconds < ends.seconds ? [begins, ends] : [ends, begins]
  }

  private struct Parser {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
      self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }
    var next: UInt8? { place < bytes.count ? bytes[place] : nil }

    mutating func takes(_ character: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: character) else { return false }
      place += 1
      return true
    }

    /// Three letters or more, or anything in angle brackets.
    mutating func name() -> Bool {
      if takes("<") {
        while let byte = next, byte != UInt8(ascii: ">") {
          _ = byte
          place += 1
        }
        return takes(">")
      }
      let start = place
      while let byte = next, (65...90).contains(byte & ~32) { place += 1 }
      return place - start >= 3
    }

    mutating func number() -> Int64? {
      var value: Int64?
      while let byte = next, (48...57).contains(byte), (value ?? 0) < 1000 {
        value = (value ?? 0) * 10 + Int64(byte - 48)
        place += 1
      }
      return value
    }

    /// `[+-]hours[:minutes[:seconds]]` in seconds.
    mutating func offset() -> Int64? {
      let isNegative = takes("-")
      if !isNegative { _ = takes("+") }
      guard var seconds = number() else { return nil }
      var unit: Int64 = 3600
      seconds *= unit
      while unit > 1, takes(":") {
        guard let part = number(), part < 60 else { return nil }
        unit /= 60
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    /// `,Mm.w.d`, `,Jn` or `,n`, each with `/time` or at two o'clock.
    mutating func day() -> Day? {
      guard takes(",") else { return nil }
      let form: Day.Form
      if takes("M") {
        guard let month = number(), takes("."), let week = number(), takes("."), let day = number(),
          (1...12).contains(month), (1...5).contains(week), (0...6).contains(day)
        else { return nil }
        form = .weekday(month: month, week: week, day: day)
      } else if takes("J") {
        guard let number = number(), (1...365).contains(number) else { return nil }
        form = .julian(number)
      } else {
        guard let number = number(), (0...365).contains(number) else { return nil }
        form = .ordinal(number)
      }
      guard takes("/") else { return Day(form: form, seconds: 7200) }
      return offset().map { Day(form: form, seconds: $0) }
    }
  }
}
