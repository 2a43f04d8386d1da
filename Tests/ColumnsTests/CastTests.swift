import FlintColumns
import FlintCore
import Testing

/// Casts against Python, under both sets of rules.
@Suite("Casts")
struct CastTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(256)))

  static let wholes: [(type: DataType, bits: Int)] = [(.int8, 8), (.int16, 16), (.int32, 32), (.int64, 64)]

  /// Casts under the legacy rules and as try_cast, and under those of ANSI row by row.
  private func check(
    _ source: Vector, _ type: DataType, legacy: Vector, orNull: Vector, _ note: String
  ) throws {
    expectSame(try Kernels(memory, rules: .legacy).cast(source, to: type), legacy, "\(note), legacy")
    expectSame(try Kernels(memory).cast(source, to: type, orNull: true), orNull, "\(note), try_cast")
    for row in 0..<min(source.count, 300) where !source.isNull(row) {
      let one = source.slice(row..<row + 1)
      if orNull.isNull(row) {
        let error = #expect(throws: FlintError.self, "\(note), row \(row)") { try Kernels(memory).cast(one, to: type) }
        #expect(error?.code == (source.type == .string ? .invalidCast : .arithmeticOverflow))
      } else {
        expectSame(try Kernels(memory).cast(one, to: type), orNull.slice(row..<row + 1), "\(note), ANSI")
      }
    }
  }

  @Test("whole numbers to one another", .timeLimit(.minutes(1)), arguments: wholes, wholes)
  func wholesToWholes(from: (type: DataType, bits: Int), to: (type: DataType, bits: Int)) async throws {
    if from.type == to.type { return }
    var samples = Samples(memory, seed: 21)
    let source = try samples.vector(from.type, 500)
    let answers = try await Oracle(memory: memory).ask(
      """
      limit = 1 << \(to.bits - 1)
      values = columns[0].to_pylist()
      type = pa.int\(to.bits)()
      results = [
          pa.array([None if v is None else (v + limit) % (2 * limit) - limit for v in values], type),
          pa.array([None if v is None or not -limit <= v < limit else v for v in values], type),
      ]
      """, [source], results: [to.type, to.type])
    try check(source, to.type, legacy: answers[0], orNull: answers[1], "\(from.type) to \(to.type)")
  }

  @Test("floating-point numbers to whole ones", .timeLimit(.minutes(1)), arguments: [DataType.float, .double], wholes)
  func floatsToWholes(from: DataType, to: (type: DataType, bits: Int)) async throws {
    var samples = Samples(memory, seed: 22)
    let source = try samples.vector(from, 600)
    let answers = try await Oracle(memory: memory).ask(
      """
      import math
      limit = 1 << \(to.bits - 1)
      wide = 1 << max(31, \(to.bits - 1))
      def java(v):
          if v is None: return None
          if math.isnan(v): return 0
          whole = -wide if v == -math.inf else wide - 1 if v == math.inf else max(-wide, min(wide - 1, math.trunc(v)))
          return (whole + limit) % (2 * limit) - limit
      def strict(v):
          if v is None or not math.isfinite(v): return None
          return math.trunc(v) if -limit <= math.trunc(v) < limit else None
      values = columns[0].to_pylist()
      results = [pa.array(map(each, values), pa.int\(to.bits)()) for each in (java, strict)]
      """, [source], results: [to.type, to.type])
    try check(source, to.type, legacy: answers[0], orNull: answers[1], "\(from) to \(to.type)")
  }

  @Test(
    "numbers to decimals, and decimals to numbers", .timeLimit(.minutes(1)),
    arguments: [
      DataType.int8, .int64, .double, .decimal(precision: 18, scale: 6), .decimal(precision: 38, scale: 10),
    ])
  func decimals(from: DataType) async throws {
    var samples = Samples(memory, seed: 23)
    let source = try samples.vector(from, 500)
    for (precision, scale) in [(5, 2), (18, 0), (38, 10), (38, 38)] {
      let type = DataType.decimal(precision: precision, scale: scale)
      if type == from { continue }
      let answers = try await Oracle(memory: memory).ask(
        """
        import math
        decimal.getcontext().prec = 400
        def cast(v):
            if v is None or (isinstance(v, float) and not math.isfinite(v)): return None
            exact = decimal.Decimal(repr(v) if isinstance(v, float) else v)
            rounded = exact.quantize(decimal.Decimal(1).scaleb(-\(scale)), decimal.ROUND_HALF_UP)
            return rounded if abs(rounded.scaleb(\(scale))) < 10 ** \(precision) else None
        results = [pa.array(map(cast, columns[0].to_pylist()), pa.decimal128(38, \(scale)))]
        """, [source], results: [type])
      try check(source, type, legacy: answers[0], orNull: answers[0], "\(from) to \(type)")
    }
    guard from.decimal != nil else { return }
    let answers = try await Oracle(memory: memory).ask(
      """
      values = columns[0].to_pylist()
      strict = lambda v: None if v is None or not -2**63 <= int(v) < 2**63 else int(v)
      wrapped = lambda v: None if v is None else (int(v) + 2**63) % 2**64 - 2**63
      results = [pa.array([None if v is None else float(v) for v in values]),
                 pa.array(map(wrapped, values), pa.int64()), pa.array(map(strict, values), pa.int64())]
      """, [source], results: [.double, .int64, .int64])
    expectSame(try Kernels(memory).cast(source, to: .double), answers[0], "\(from) to double")
    try check(source, .int64, legacy: answers[1], orNull: answers[2], "\(from) to bigint")
  }

  static let texts = [
    "", " ", "0", "-0", "+7", " 42 ", "\t42\n", "127", "128", "-128", "-129", "9223372036854775807",
    "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1.5", "-1.99", ".5", "5.", ".", "-", "+",
    "1e3", "1E-2", "1e", "0x10", "1_000", "NaN", "nan", "Infinity", "-inf", "infinit", "1 2", "٣",
    "99999999999999999999.5",
    "1e400", "1e-400", "123456789012345678901234567890", "0.1", "2.2250738585072014e-308", "4.9e-324",
    "179769313486231570000000000000000000000", "1.7976931348623157e308", "0.30000000000000004", "9007199254740993",
    "true",
    "12345678901234567890123456789012345678.5", "0.00000000000000000000000000000000000000000000000000001",
  ]

  private func strings(_ texts: [String]) throws -> Vector {
    let builder = try TextBuilder(.string, capacity: texts.count, memory)
    for text in texts { try builder.append(text) }
    return try builder.finish()
  }

  @Test("texts to numbers", .timeLimit(.minutes(1)))
  func textsToNumbers() async throws {
    let source = try strings(Self.texts)
    let answers = try await Oracle(memory: memory).ask(
      #"""
      def bounded(bits, whole):
          return lambda t: v if (v := whole(t)) is not None and -2**(bits-1) <= v < 2**(bits-1) else None
      def strict(t):
          return int(t) if re.fullmatch(r"[+-]?[0-9]+", t := t.strip()) else None
      def lenient(t):
          m = re.fullmatch(r"([+-]?)([0-9]*)(\.[0-9]*)?", t := t.strip())
          if not m or not re.search("[0-9]", t): return None
          return int(m[1] + (m[2] or "0"))
      def floating(t):
          t = t.strip().lower()
          if re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?|[+-]?inf(inity)?|nan", t): return float(t)
          return None
      texts = columns[0].to_pylist()
      for bits in (8, 64):
          results += [pa.array(map(bounded(bits, each), texts), getattr(pa, f"int{bits}")()) for each in (lenient, strict)]
      results += [pa.array(map(floating, texts), pa.float64())]
      """#,
      [source], results: [.int8, .int8, .int64, .int64, .double])
    try check(source, .int8, legacy: answers[0], orNull: answers[1], "texts to tinyint")
    try check(source, .int64, legacy: answers[2], orNull: answers[3], "texts to bigint")
    try check(source, .double, legacy: answers[4], orNull: answers[4], "texts to double")
  }

  @Test(
    "numbers to texts and back", .timeLimit(.minutes(1)),
    arguments: [
      DataType.int8, .int64, .float, .double, .decimal(precision: 9, scale: 2), .decimal(precision: 38, scale: 10),
      .boolean,
      .date, .timestamp,
    ])
  func roundTrips(type: DataType) async throws {
    var samples = Samples(memory, seed: 24)
    let source = try samples.vector(type, 800)
    let texts = try Kernels(memory).cast(source, to: .string)
    expectSame(try Kernels(memory).cast(texts, to: type), source, "\(type) and back")
  }

  @Test("numbers are written as Java writes them")
  func javaTexts() throws {
    let numbers: [(Double, String)] = [
      (1, "1.0"), (-0.0, "-0.0"), (1e7, "1.0E7"), (9_999_999, "9999999.0"), (0.001, "0.001"), (0.0001, "1.0E-4"),
      (1.5e300, "1.5E300"), (123456.789, "123456.789"), (.nan, "NaN"), (-.infinity, "-Infinity"), (0.1, "0.1"),
      (12_345_678.9, "1.23456789E7"), (100, "100.0"),
    ]
    let builder = try ValueBuilder<Double>(.double, capacity: numbers.count, memory)
    for (number, _) in numbers { try builder.append(number) }
    let texts = try Kernels(memory).cast(try builder.finish(), to: .string)
    for (row, (_, text)) in numbers.enumerated() {
      #expect(String(decoding: texts.text(row), as: UTF8.self) == text)
    }
  }

  @Test("texts to dates and timestamps: what is none, and what is one")
  func times() throws {
    let dates: [(String, Int32?)] = [
      ("1970-01-01", 0), (" 2024-02-29 ", 19_782), ("2023-02-29", nil), ("2024-2-9", 19_762), ("2024", 19_723),
      ("2024-12", 20_058), ("2024-13-01", nil), ("2024-01-01T99", 19_723), ("2024-01-01x", nil), ("24-01-01", nil),
      ("-0001-01-01", -719_893), ("0000-02-29", -719_469), ("", nil), ("2016-12-31", 17_166),
      ("99999-01-01", 35_804_357),
    ]
    let source = try strings(dates.map(\.0))
    let ours = try Kernels(memory).cast(source, to: .date, orNull: true)
    for (row, (text, days)) in dates.enumerated() {
      #expect((ours.isNull(row) ? nil : ours.pointer(to: Int32.self)[row]) == days, "\(text)")
    }
    let moments: [(String, Int64?)] = [
      ("1970-01-01 00:00:01", 1_000_000), ("1970-01-01T00:00:00.5Z", 500_000), ("1970-01-01 01:00:00+01:00", 0),
      ("1970-01-01 00:00", 0), ("1970-01-01 24:00:00", nil), ("2016-12-31 23:59:60", nil),
      ("1970-01-01 7", 25_200_000_000),
      ("1970-01-01 00:00:00.1234567", 123_456), ("1970-01-01", 0), ("1970-01-01 00:00:00 UTC", nil), ("x", nil),
      ("1969-12-31 23:59:59.999999", -1), ("1970-01-01 00:00:00-0530", nil),
      ("1970-01-01 00:00:00-05:30", 19_800_000_000),
    ]
    let timestamps = try Kernels(memory).cast(try strings(moments.map(\.0)), to: .timestamp, orNull: true)
    for (row, (text, moment)) in moments.enumerated() {
      #expect((timestamps.isNull(row) ? nil : timestamps.pointer(to: Int64.self)[row]) == moment, "\(text)")
    }
  }

  @Test("decimals and timestamps are each other's seconds", .timeLimit(.minutes(1)))
  func decimalsAndTimestamps() async throws {
    var samples = Samples(memory, seed: 28)
    let (narrow, wide) = (DataType.decimal(precision: 12, scale: 3), DataType.decimal(precision: 38, scale: 10))
    let (times, decimals) = (try samples.vector(.timestamp, 600), try samples.vector(wide, 600))
    let answers = try await Oracle(memory: memory).ask(
      """
      from decimal import Context, Decimal, ROUND_HALF_UP, setcontext
      setcontext(Context(prec=100))
      epoch, step = datetime.datetime(1970, 1, 1), datetime.timedelta(microseconds=1)
      seconds = [None if v is None else Decimal((v - epoch) // step) / 10**6 for v in columns[0].to_pylist()]
      def limited(value, digits, scale):
          if value is None: return None
          rounded = value.quantize(Decimal(1).scaleb(-scale), rounding=ROUND_HALF_UP)
          return rounded if abs(rounded) < Decimal(10) ** (digits - scale) else None
      def moment(value):
          if value is None: return None
          number = int(value * 10**6)
          return number if -2**63 <= number < 2**63 else None
      results = [pa.array([limited(v, 12, 3) for v in seconds], pa.decimal128(38, 3)),
                 pa.array([limited(v, 38, 10) for v in seconds], pa.decimal128(38, 10)),
                 pa.array([moment(v) for v in columns[1].to_pylist()], pa.int64())]
      """, [times, decimals], results: [narrow, wide, .timestamp])
    try check(times, narrow, legacy: answers[0], orNull: answers[0], "timestamps to \(narrow)")
    try check(times, wide, legacy: answers[1], orNull: answers[1], "timestamps to \(wide)")
    try check(decimals, .timestamp, legacy: answers[2], orNull: answers[2], "\(wide) to timestamps")
  }

  @Test("every cast of one type to another ends in values, null or an error that says which", .timeLimit(.minutes(2)))
  func allPairs() throws {
    var samples = Samples(memory, seed: 29)
    let types = Samples.types + [.interval]
    var defined = 0
    for from in Samples.types {
      for count in [0, 1, 200] {
        let source = try samples.vector(from, count)
        for to in types {
          for rules in [ComputationRules.ansi, .legacy] {
            do {
              let cast = try Kernels(memory, rules: rules).cast(source, to: to)
              #expect(cast.count == count && cast.type == to)
              defined += 1
            } catch {
              let isKnown = error.code == .arithmeticOverflow || error.code == .invalidCast
              let isUndefined = error.code == .invalidArgument
              #expect(isKnown && rules == .ansi || isUndefined, "\(from) to \(to): \(error)")
              // Numbers, truth values and texts are cast to one another in all ways.
              let isCommon = [from, to].allSatisfy { $0.isNumeric || $0 == .boolean || $0 == .string }
              #expect(!isCommon || !isUndefined, "\(from) to \(to)")
            }
          }
        }
      }
    }
    #expect(defined > 500)
    // Days are no numbers: that is null under the legacy rules, and no cast under those of ANSI.
    let dates = try samples.vector(.date, 9)
    #expect(try Kernels(memory, rules: .legacy).cast(dates, to: .int32).nullCount == 9)
    #expect(throws: FlintError.self) { try Kernels(memory).cast(dates, to: .int32) }
  }
}
