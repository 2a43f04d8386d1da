internal import CFlint
internal import FlintColumns
internal import FlintCore

/// ``CSVOptions`` that were checked, in the form in which readers want them.
struct CSVRules: Sendable {
  let options: CSVOptions
  let form: flint_records_form
  /// The byte that ends a line where a file is cut into parts.
  let lineEnd: UInt8
  /// Whether a carriage return before a line feed is no part of the last field.
  let stripsReturn: Bool
  let quote: UInt8?
  let escape: UInt8?
  let null: [UInt8]
  let empty: [UInt8]
  let date: TimePattern?
  let timestamp: TimePattern?

  /// Throws `invalid-argument` when options contradict each other or cannot be.
  init(_ options: CSVOptions) throws(FlintError) {
    self.options = options
    try Self.check(options)
    let ends: (feed: Bool, carriage: Bool)
    switch options.lineSep {
    case nil: ends = (true, true)
    case "\n", "\r\n": ends = (true, false)
    case "\r": ends = (false, true)
    default:
      throw FlintError(
        .invalidArgument, "CSV's option lineSep cannot be '\(options.lineSep ?? "")'",
        why: "records end with \\n, \\r or \\r\\n")
    }
    lineEnd = ends.feed ? UInt8(ascii: "\n") : UInt8(ascii: "\r")
    stripsReturn = options.lineSep == nil || options.lineSep == "\r\n"
    quote = options.quote.map { UInt8(ascii: $0) }
    escape = options.escape == options.quote ? nil : options.escape.map { UInt8(ascii: $0) }
    null = Array(options.nullValue.utf8)
    empty = Array((options.emptyValue ?? "").utf8)
    date = try options.dateFormat.map { (pattern) throws(FlintError) in try TimePattern(pattern) }
    timestamp = try options.timestampFormat.map { (pattern) throws(FlintError) in try TimePattern(pattern) }
    form = flint_records_form(
      separator: Int32(options.sep.value), quote: Self.number(options.quote), escape: escape.map(Int32.init) ?? -1,
      comment: Self.number(options.comment), feed_ends: ends.feed, return_ends: ends.carriage,
      quotes_hold_lines: options.multiLine, blanks_before_quote: options.ignoreLeadingWhiteSpace)
  }

  private static func number(_ scalar: Unicode.Scalar?) -> Int32 { scalar.map { Int32($0.value) } ?? -1 }

  private static func check(_ options: CSVOptions) throws(FlintError) {
    let encoding = options.encoding.lowercased()
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(encoding) else {
      throw FlintError(
        .invalidArgument, "CSV in the encoding \(options.encoding) is neither read nor written",
        why: "only UTF-8 is", remedy: "convert the files first, such as by iconv")
    }
    let marks = [options.sep, options.quote, options.comment].compactMap { $0 }
    let all = marks + [options.escape].compactMap { $0 }
    guard all.allSatisfy({ $0.isASCII && $0 != "\n" && $0 != "\r" }), Set(marks).count == marks.count,
      options.escape != options.sep
    else {
      throw FlintError(
        .invalidArgument, "CSV's options sep, quote, escape and comment cannot be so",
        why: "each is one ASCII character that ends no line, and no two mean different things",
        remedy: "choose others")
    }
    guard options.samplingRatio > 0, options.samplingRatio <= 1, options.maxColumns > 0 else {
      throw FlintError(
        .invalidArgument, "CSV's options samplingRatio and maxColumns cannot be so",
        why: "the ratio is above 0 and at most 1, the number of columns above 0")
    }
  }
}
