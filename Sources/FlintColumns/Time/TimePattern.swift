public import FlintCore

/// A pattern in Spark's letters by which dates and timestamps are written as texts and read from them, such as
/// `yyyy-MM-dd HH:mm:ss.SSS`. Text in quotes and what is no letter stands for itself; what is in brackets may be missing from
/// a text that is read.
public struct TimePattern: Hashable, Sendable {
  enum Letter: Character, Sendable {
    case era = "G"
    case year = "y"
    /// Negative before the year 1, as `y` too where there is no era.
    case countedYear = "u"
    case month = "M"
    case monthAlone = "L"
    case day = "d"
    case dayOfYear = "D"
    case quarter = "Q"
    case quarterAlone = "q"
    case weekday = "E"
    case half = "a"
    /// 0 to 23.
    case hour = "H"
    /// 1 to 24.
    case hourFromOne = "k"
    /// 1 to 12.
    case hourOfHalf = "h"
    /// 0 to 11.
    case hourOfHalfFromZero = "K"
    case minute = "m"
    case second = "s"
    case fraction = "S"
    /// Of UTC, `Z` where there is none.
    case offset = "X"
    case plainOffset = "x"
    case offsetDigits = "Z"
    case zone = "V"

    /// How often it may stand.
    var counts: ClosedRange<Int> {
      switch self {
      case .half: 1...1
      case .day, .hour, .hourFromOne, .hourOfHalf, .hourOfHalfFromZero, .minute, .second: 1...2
      case .zone: 2...2
      case .dayOfYear, .offset, .plainOffset, .offsetDigits: 1...3
      case .era, .month, .monthAlone, .quarter, .quarterAlone, .weekday: 1...4
      case .year, .countedYear: 1...6
      case .fraction: 1...9
      }
    }

    /// Whether texts can be read by it, and not only written.
    var isRead: Bool {
      switch self {
      case .quarter, .quarterAlone, .weekday, .zone: false
      default: true
      }
    }
  }

  indirect enum Part: Hashable, Sendable {
    case literal([UInt8])
    case field(Letter, Int)
    case optional([Part])
  }

  /// As it was written.
  public let pattern: String
  let parts: [Part]
  /// Whether years are counted in eras.
  let hasEra: Bool

  /// Throws `invalid-argument` for letters that stand for nothing, or too often, and for quotes and brackets without an end.
  public init(_ pattern: String) throws(FlintError) {
    var parser = TimePatternParser(pattern)
    do throws(TimePatternParser.Fault) { parts = try parser.parts(depth: 0) } catch {
      throw FlintError(
        .invalidArgument, "'\(pattern)' is no pattern of dates and times", why: error.reason,
        remedy: "letters such as yyyy, MM, dd, HH, mm, ss stand for parts of a time; put text into quotes")
    }
    self.pattern = pattern
    hasEra = Self.contains(.era, parts)
  }

  /// Throws `invalid-argument` for a pattern by which texts are only written.
  public func demandReading() throws(FlintError) {
    guard let letter = Self.unread(parts) else { return }
    throw FlintError(
      .invalidArgument, "texts are not read by the pattern '\(pattern)'",
      why: "\(letter.rawValue) says nothing of which time it is, or is not known by its name")
  }

  private static func contains(_ letter: Letter, _ parts: [Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .literal: false
      case .field(let found, _): found == letter
      case .optional(let inner): contains(letter, inner)
      }
    }
  }

  private static func unread(_ parts: [Part]) -> Letter? {
    for part in parts {
      switch part {
      case .literal: continue
      case .field(let letter, _): if !letter.isRead { return letter }
      case .optional(let inner): if let letter = unread(inner) { return letter }
      }
    }
    return nil
  }
}
