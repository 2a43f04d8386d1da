import FlintColumns
import FlintCore
import FlintSystem
import Testing

/// Dates against DuckDB, and time zones against Python's reader of the same database.
@Suite("Dates and time zones")
struct TimeTests {
  let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))

  @Test("parts of dates and timestamps", .timeLimit(.minutes(1)), arguments: [DataType.date, .timestamp])
  func parts(type: DataType) async throws {
    var samples = Samples(memory, seed: 31)
    let source = try samples.vector(type, 3000)
    let parts: [(part: DatePart, sql: String)] = [
      (.year, "year(a)"), (.quarter, "quarter(a)"), (.month, "month(a)"), (.day, "day(a)"),
      (.dayOfWeek, "dayofweek(a) + 1"), (.weekday, "isodow(a) - 1"), (.dayOfYear, "dayofyear(a)"), (.week, "week(a)"),
      (.weekYear, "isoyear(a)"), (.hour, "hour(a)"), (.minute, "minute(a)"), (.second, "second(a)"),
      (.microsecond, "microsecond(a) % 1000000"),
    ]
    let fields = parts.filter { type == .timestamp || !["hour(a)", "minute(a)", "second(a)"].contains($0.sql) }
      .filter { type == .timestamp || $0.part != .microsecond }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask('select \(fields.map { "(\($0.sql))::int" }.joined(separator: ", ")) from t order by n')",
      [source],
      results: fields.map { _ in .int32 })
    for (field, theirs) in zip(fields, answers) {
      expectSame(try Kernels(memory).part(field.part, of: source), theirs, "\(field.part) of \(type)")
    }
    #expect(DatePart.allCases.count == parts.count)
  }

  @Test("rounding down", .timeLimit(.minutes(1)), arguments: [DataType.date, .timestamp])
  func truncation(type: DataType) async throws {
    var samples = Samples(memory, seed: 32)
    let source = try samples.vector(type, 2000)
    let units = CalendarUnit.allCases.filter { type == .timestamp || $0.rawValue != "millisecond" }
    let fields = units.map { "date_trunc('\($0.rawValue)', a)::\(type == .date ? "date" : "timestamp")" }
    let answers = try await Oracle(memory: memory).ask(
      "results = ask(\"select \(fields.joined(separator: ", ")) from t order by n\")", [source],
      results: units.map { _ in type })
    for (unit, theirs) in zip(units, answers) {
      expectSame(try Kernels(memory).truncate(source, to: unit), theirs, "\(type) to the \(unit)")
    }
  }

  @Test("days, months and intervals added", .timeLimit(.minutes(1)))
  func arithmetic() async throws {
    var samples = Samples(memory, seed: 33)
    let dates = try samples.vector(.date, 1000)
    let moments = try samples.vector(.timestamp, 1000)
    let builder = try ValueBuilder<Int32>(.int32, capacity: 1000, memory)
    for _ in 0..<1000 { try builder.append(Int32.random(in: -3000...3000, using: &samples.generator)) }
    let numbers = try builder.finish()
    let answers = try await Oracle(memory: memory).ask(
      """
      results = ask('''select (a + c)::date, a - date '2000-01-01', (a + to_months(c))::date, b + to_months(c),
        last_day(a), b + to_months(c) + to_days(c * 2) + to_microseconds(c::bigint * 1000003) from t order by n''')
      results[1] = results[1].cast(pa.int32())
      """, [dates, moments, numbers], results: [.date, .int32, .date, .timestamp, .date, .timestamp])
    let kernels = Kernels(memory)
    expectSame(try kernels.addDays(.vector(dates), .vector(numbers)), answers[0], "days added")
    let day = try ValueBuilder<Int32>(.date, capacity: 1, memory)
    try day.append(10_957)
    expectSame(
      try kernels.daysBetween(.vector(dates), .constant(try day.finish())), answers[1], "days between")
    expectSame(try kernels.addMonths(.vector(dates), .vector(numbers)), answers[2], "months added to dates")
    expectSame(try kernels.addMonths(.vector(moments), .vector(numbers)), answers[3], "months added to timestamps")
    expectSame(try kernels.lastDay(dates), answers[4], "last days")
    let intervals = try ValueBuilder<Interval>(.interval, capacity: 1000, memory)
    for row in 0..<1000 {
      let number = numbers.pointer(to: Int32.self)[row]
      try intervals.append(Interval(months: number, days: number * 2, microseconds: Int64(number) * 1_000_003))
    }
    expectSame(
      try kernels.add(.vector(moments), .vector(try intervals.finish())), answers[5], "intervals added")
  }

  static let zoneNames = [
    "Europe/Zurich", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca", "Europe/Dublin",
    "America/Sao_Paulo", "Asia/Tehran", "Pacific/Apia", "Antarctica/Troll", "US/Pacific",
  ]

  @Test("every change since 1900, and times that clocks skip or repeat", .timeLimit(.minutes(2)), arguments: zoneNames)
  func zones(name: String) async throws {
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    let zone = try await ZoneRules.named(name, files: files)
    // Moments around every change that our reader knows, every half hour around those that it may not know, and others.
    let builder = try ValueBuilder<Int64>(.timestamp, capacity: 1000, memory)
    var seconds = Set<Int64>()
    var generator = SeededGenerator(34)
    for _ in 0..<3000 { seconds.insert(Int64.random(in: -2_208_988_800...9_000_000_000, using: &generator)) }
    // The last Sundays and other likely days of each month, hour by hour.
    for day in stride(from: Int64(-25_567), to: 30_000, by: 1) where (day + 4) % 7 == 0 || day % 31 == 0 {
      seconds.insert(day * 86_400 + 3600 * (day & 3))
    }
    for change in zone.changes where (-2_208_988_800...9_000_000_000).contains(change) {
      for shift in [-7201, -3600, -1, 0, 1, 1800, 3600, 7200] as [Int64] { seconds.insert(change + shift) }
    }
    for second in seconds.sorted() { try builder.append(second * 1_000_000 + 7) }
    let source = try builder.finish()
    let answers = try await Oracle(memory: memory).ask(
      """
      from zoneinfo import ZoneInfo
      zone = ZoneInfo("\(name)")
      epoch = datetime.datetime(1970, 1, 1)
      step = datetime.timedelta(microseconds=1)
      utc = datetime.timezone.utc
      local, moments = [], []
      for value in columns[0].to_pylist():
          shown = value.replace(tzinfo=utc).astimezone(zone).replace(tzinfo=None)
          local.append((shown - epoch) // step)
          # The same numbers as what clocks show, with the earlier meaning of those that are shown twice.
          offset = value.replace(tzinfo=zone, fold=0).utcoffset()
          moments.append((value - offset - epoch) // step)
      results = [pa.array(local, pa.int64()), pa.array(moments, pa.int64())]
      """, [source], results: [.timestamp, .timestamp])
    expectSame(try Kernels(memory).local(source, in: zone), answers[0], "\(name), what clocks show")
    expectSame(try Kernels(memory).moments(source, in: zone), answers[1], "\(name), when clocks show it")
  }

  @Test("names that are none, and offsets")
  func names() async throws {
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    for name in ["Mars/Olympus", "../../etc/passwd", "", "Europe", "/etc/passwd", "Europe/", "tzdata.zi", "+19"] {
      await #expect(throws: FlintError.self, "\(name)") { try await ZoneRules.named(name, files: files) }
    }
    for (name, offset) in [("+02", 7200), ("-05:30", -19_800), ("UTC+1", 3600), ("GMT-01:00:30", -3630), ("UTC", 0)] {
      #expect(try await ZoneRules.named(name, files: files).offset(at: 0) == Int64(offset))
    }
  }

  @Test("a broken file of the database is refused")
  func brokenFiles() async throws {
    let files = SystemFileSystem(threads: try FileThreads(count: 1))
    let file = try await files.open("/usr/share/zoneinfo/Europe/Zurich", .read)
    let bytes = try await file.read(count: 1 << 16, at: 0)
    try await file.close()
    for count in stride(from: 0, to: bytes.count - 1, by: 7) {
      #expect(throws: FlintError.self) { try ZoneRules("cut", file: Array(bytes[..<count])) }
    }
    var generator = SeededGenerator(35)
    for _ in 0..<300 {
      // Whatever a bit does, it ends in rules or an error.
      var damaged = bytes
      damaged[Int.random(in: 0..<bytes.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      _ = try? ZoneRules("damaged", file: damaged).moment(ofLocal: 1_700_000_000)
    }
  }
}
