import FlintColumns
import FlintCore
import FlintSystem
import Testing

/// Dates and timestamps by patterns, intervals and months between, against DuckDB and Python.
@Suite("Patterns of times, intervals")
struct PatternTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))

  /// Spark's pattern, and DuckDB's for the same.
  static let patterns: [(ours: String, theirs: String)] = [
    ("yyyy-MM-dd HH:mm:ss", "%Y-%m-%d %H:%M:%S"), ("yyyy-MM-dd'T'HH:mm:ss.SSSSSS", "%Y-%m-%dT%H:%M:%S.%f"),
    ("dd/MM/yyyy hh:mm a", "%d/%m/%Y %I:%M %p"), ("d.M.y H:m:s", "%-d.%-m.%Y %-H:%-M:%-S"),
    ("EEE, dd MMM yyyy", "%a, %d %b %Y"), ("EEEE d MMMM yyyy", "%A %-d %B %Y"), ("yyyyDDD", "%Y%j"),
    ("yyMMddHHmmss", "%y%m%d%H%M%S"), ("SSS", "%g"), ("'o''clock' h", "o'clock %-I"),
    ("yyyyMMddHHmmssSSS", "%Y%m%d%H%M%S%g"),
    ("D", "%-j"),
  ]

  private func moments(seed: UInt64, count: Int = 1500) throws -> Vector {
    var generator = SeededGenerator(seed)
    let builder = try ValueBuilder<Int64>(.timestamp, capacity: count, memory)
    for row in 0..<count {
      if row % 7 == 3 {
        try builder.appendNull()
      } else {
        // The years 1000 to 9999, which both write with four digits.
        try builder.append(Int64.random(in: -30_610_224_000...253_402_300_799, using: &generator) * 1_000_000 + 123_456)
      }
    }
    return try builder.finish()
  }

  @Test("times are written by a pattern", .timeLimit(.minutes(1)))
  func writing() async throws {
    let source = try moments(seed: 81)
    let select = Self.patterns.map { "strftime(a, '\($0.theirs.replacing("'", with: "''"))')" }
    // Milliseconds are %g there, with three digits.
    let answers = try await Oracle(memory: memory).ask(
      "results = ask(\"\"\"select \(select.joined(separator: ", ")) from t order by n\"\"\")", [source],
      results: Self.patterns.map { _ in .string })
    for (pattern, theirs) in zip(Self.patterns, answers) {
      expectSame(try Kernels(memory).format(source, try TimePattern(pattern.ours)), theirs, pattern.ours)
    }
    for count in [0, 1] {
      #expect(try Kernels(memory).format(source.slice(0..<count), try TimePattern("yyyy")).count == count)
    }
  }

  @Test("what other programs have no letter for")
  func particulars() async throws {
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    let zone = try await ZoneRules.named("Asia/Kolkata", files: files)
    let times = try texts(["2020-02-29 23:59:59.987654", "0044-03-15 00:00:00", "12345-01-02 12:00:00"])
    let moments = try Kernels(memory).cast(times, to: .timestamp)
    let expected: [(String, [String])] = [
      ("yyyy G", ["2020 AD", "0044 AD", "+12345 AD"]),
      ("Q QQ QQQ QQQQ", ["1 01 Q1 1st quarter", "1 01 Q1 1st quarter", "1 01 Q1 1st quarter"]),
      ("k K", ["5 5", "5 5", "17 5"]), ("SSSSSSSSS", ["987654000", "000000000", "000000000"]),
      ("VV", ["Asia/Kolkata", "Asia/Kolkata", "Asia/Kolkata"]), ("[d]", ["1", "15", "2"]),
    ]
    for (pattern, wanted) in expected {
      let ours = try Kernels(memory, zone: zone).format(moments, try TimePattern(pattern))
      expectSame(ours, try texts(wanted), pattern)
    }
    let offsets = try Kernels(memory, zone: zone).format(moments.slice(0..<1), try TimePattern("X XX XXX x xx xxx Z"))
    expectSame(offsets, try texts(["+0530 +0530 +05:30 +0530 +0530 +05:30 +0530"]), "offsets")
    expectSame(
      try Kernels(memory).format(moments.slice(0..<1), try TimePattern("X XXX xxx")), try texts(["Z Z +00:00"]), "UTC")
  }

  @Test("texts are read by a pattern as they were written", .timeLimit(.minutes(1)))
  func reading() async throws {
    let source = try moments(seed: 82)
    let read = Self.patterns.filter { !$0.ours.contains("E") && $0.ours.contains("y") }
    let written = try await Oracle(memory: memory).ask(
      "results = ask(\"\"\"select \(read.map { "strftime(a, '\($0.theirs)')" }.joined(separator: ", ")) from t order by n\"\"\")",
      [source], results: read.map { _ in .string })
    let parsed = read.enumerated().map {
      "strptime(\(Character(UnicodeScalar(97 + UInt8($0.offset)))), '\($0.element.theirs)')"
    }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask(\"\"\"select \(parsed.joined(separator: ", ")) from t order by n\"\"\")", written,
      results: read.map { _ in .timestamp })
    for (index, (pattern, theirs)) in zip(read, answers).enumerated()
    where !pattern.ours.contains("yyM") || pattern.ours.hasPrefix("yyyy") {
      let ours = try Kernels(memory).timestamps(written[index], try TimePattern(pattern.ours))
      expectSame(ours, theirs, pattern.ours)
    }
  }

  @Test("texts that are not as their pattern says are null or an error")
  func refusals() throws {
    let wrong: [(String, String)] = [
      ("yyyy-MM-dd", "2020-02-30"), ("yyyy-MM-dd", "2020-2-03"), ("yyyy-MM-dd", "2020-02-03 "),
      ("yyyy-MM-dd", "20200203"),
      ("HH:mm", "24:00"), ("hh a", "13 PM"), ("MMM", "Foo"), ("yyyy", "12345"), ("SSS", "1234"), ("XXX", "+99:00"),
      ("dd MMM", "29 Feb"), ("yyyyDDD", "2021366"), ("yyyy-MM-dd", ""),
    ]
    for (pattern, text) in wrong {
      let (pattern, source) = (try TimePattern(pattern), try texts([text]))
      let legacy = try Kernels(memory, rules: .legacy).timestamps(source, pattern)
      #expect(legacy.isNull(0), "'\(text)' by \(pattern)")
      let error = #expect(throws: FlintError.self) { try Kernels(memory).timestamps(source, pattern) }
      #expect(error?.code == .invalidCast)
    }
    let right: [(String, String, String)] = [
      ("yyyy-MM-dd[ HH:mm]", "2020-02-03", "2020-02-03"),
      ("yyyy-MM-dd[ HH:mm]", "2020-02-03 04:05", "2020-02-03 04:05"),
      ("yyyyMMdd", "20200203", "2020-02-03"), ("yy", "49", "2049-01-01"),
      ("MMM d, yyyy", "fEB 3, 2020", "2020-02-03"),
      ("yyyy-MM-dd HH:mm XXX", "2020-02-03 04:05 +02:00", "2020-02-03 02:05"),
      ("hh:mm a", "12:30 am", "1970-01-01 00:30"),
      ("HH:mm:ss.SSSSSSSSS", "01:02:03.123456789", "1970-01-01 01:02:03.123456"),
      ("yyyy G", "0044 BC", "-0043-01-01"),
    ]
    for (pattern, text, time) in right {
      let ours = try Kernels(memory).timestamps(try texts([text]), try TimePattern(pattern))
      expectSame(ours, try Kernels(memory).cast(try texts([time]), to: .timestamp), "'\(text)' by \(pattern)")
    }
    for pattern in ["yyyy-ww", "bb", "MMMMM", "'open", "[yyyy", "yyyy]", "{", "HHH"] {
      #expect(throws: FlintError.self, "\(pattern)") { try TimePattern(pattern) }
    }
    #expect(throws: FlintError.self) { try Kernels(memory).timestamps(try texts(["Mon"]), try TimePattern("EEE")) }
  }

  @Test("months between timestamps", .timeLimit(.minutes(1)))
  func months() async throws {
    let (last, first) = (try moments(seed: 83), try moments(seed: 84))
    let answers = try await Oracle(memory: memory).ask(
      """
      import calendar
      from decimal import Decimal, ROUND_HALF_UP
      def between(last, first):
          months = (last.year - first.year) * 12 + last.month - first.month
          ends = [each.day == calendar.monthrange(each.year, each.month)[1] for each in (last, first)]
          if last.day == first.day or all(ends): return float(months)
          seconds = lambda t: t.hour * 3600 + t.minute * 60 + t.second
          return round(months + ((last.day - first.day) * 86400 + seconds(last) - seconds(first)) / (31 * 86400), 8)
      results = [pa.array([None if a is None or b is None else between(a, b)
                           for a, b in zip(columns[0].to_pylist(), columns[1].to_pylist())], pa.float64())]
      """, [last, first], results: [.double])
    expectSame(
      try Kernels(memory).monthsBetween(.vector(last), .vector(first)), answers[0], "months", tolerance: 1e-9)
    // The example of Spark's documentation.
    let known = try ["1997-02-28 10:30:00", "1996-10-30"].map {
      Operand.vector(try Kernels(memory).cast(try texts([$0]), to: .timestamp))
    }
    let ours = try Kernels(memory).monthsBetween(known[0], known[1])
    #expect(ours.pointer(to: Double.self)[0] == 3.94959677)
  }

  @Test("intervals out of texts, and computed with", .timeLimit(.minutes(1)))
  func intervals() async throws {
    let spans: [(String, Interval?)] = [
      ("1 year 2 months", Interval(months: 14)),
      ("interval -3 days 4 hours", Interval(days: -3, microseconds: 14_400_000_000)),
      ("1.5 seconds", Interval(microseconds: 1_500_000)), ("-0.25 second", Interval(microseconds: -250_000)),
      ("2 WEEKS", Interval(days: 14)), ("5 milliseconds 6 microseconds", Interval(microseconds: 5006)),
      ("1 day 1 day", Interval(days: 2)), ("", nil), ("1", nil), ("day", nil), ("1.5 days", nil), ("1 fortnight", nil),
      ("99999999999 years", nil), ("9999999999999 hours", nil),
    ]
    for (text, wanted) in spans {
      #expect(Interval(text) == wanted, "\(text)")
      let cast = try Kernels(memory, rules: .legacy).cast(try texts([text]), to: .interval)
      #expect(cast.isNull(0) == (wanted == nil))
    }
    var samples = Samples(memory, seed: 85)
    let dates = try samples.vector(.date, 700)
    let span = try constant(Interval(months: -5, days: 40))
    let answers = try await Oracle(memory: memory).ask(
      "results = ask(\"select (a - interval 5 month + interval 40 day)::date from t order by n\")", [dates],
      results: [.date])
    let kernels = Kernels(memory)
    expectSame(try kernels.add(span, toDates: .vector(dates)), answers[0], "dates and intervals")
    #expect(throws: FlintError.self) {
      try kernels.add(try constant(Interval(microseconds: 1)), toDates: .vector(dates))
    }
    let opposite = try kernels.negate(intervals: span)
    #expect(opposite.pointer(to: Interval.self)[0] == Interval(months: 5, days: -40))
    let half = try kernels.multiply(intervals: span, by: try constant(0.5))
    #expect(half.pointer(to: Interval.self)[0] == Interval(months: -2, days: 20))
    let third = try kernels.divide(intervals: try constant(Interval(days: 1)), by: try constant(4.0))
    #expect(third.pointer(to: Interval.self)[0] == Interval(microseconds: 21_600_000_000))
    #expect(throws: FlintError.self) { try kernels.divide(intervals: span, by: try constant(0.0)) }
    #expect(try Kernels(memory, rules: .legacy).divide(intervals: span, by: try constant(0.0)).isNull(0))
  }

  private func texts(_ texts: [String]) throws -> Vector {
    let builder = try TextBuilder(.string, capacity: texts.count, memory)
    for text in texts { try builder.append(text) }
    return try builder.finish()
  }

  private func constant(_ interval: Interval) throws -> Operand {
    let builder = try ValueBuilder<Interval>(.interval, capacity: 1, memory)
    try builder.append(interval)
    return .constant(try builder.finish())
  }

  private func constant(_ number: Double) throws -> Operand {
    let builder = try ValueBuilder<Double>(.double, capacity: 1, memory)
    try builder.append(number)
    return .constant(try builder.finish())
  }
}
