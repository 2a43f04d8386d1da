import FlintCore
import Testing

@Suite("Wall time")
struct WallTimeTests {
  // The seconds were computed by GNU date, which knows nothing of our arithmetic.
  @Test(
    "moments print as ISO 8601 in UTC, and read back",
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
      (1_795_187_045_123_456, "2026-11-20T15:04:05.123456Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
      (-2_203_891_200_000_000, "1900-03-01T00:00:00.000000Z"), (-2_203_977_600_000_000, "1900-02-28T00:00:00.000000Z"),
      (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
      (253_402_300_800_000_000, "+10000-01-01T00:00:00.000000Z"),
      (-62_135_596_800_000_000, "0001-01-01T00:00:00.000000Z"),
      (-62_167_219_200_000_001, "-0001-12-31T23:59:59.999999Z"),
      (Int64.max, "+294247-01-10T04:00:54.775807Z"), (Int64.min, "-290308-12-21T19:59:05.224192Z"),
    ])
  func printsAndReadsBack(microseconds: Int64, text: String) throws {
    #expect("\(WallTime(microseconds: microseconds))" == text)
    #expect(try WallTime(parsing: text).microseconds == microseconds)
  }

  @Test("every day from 1896 to 2104 has its place: the next day is one later, and reads back")
  func everyDay() throws {
    var last = "1895-12-31"
    for day in Int64(-27_028)..<Int64(49_308) {
      let time = WallTime(microseconds: day * 86_400_000_000)
      let date = String("\(time)".prefix(10))
      #expect(last < date)
      #expect(try WallTime(parsing: "\(date)T00:00:00Z") == time)
      last = date
    }
    #expect(last == "2104-12-31")
  }

  @Test("short fractions are tenths, hundredths and so on", arguments: [("", 0), (".5", 500_000), (".000001", 1)])
  func fractions(text: String, microseconds: Int64) throws {
    #expect(try WallTime(parsing: "1970-01-01T00:00:00\(text)Z").microseconds == microseconds)
  }

  @Test(
    "what is no valid moment in UTC is refused",
    arguments: [
      "", "2026-11-20", "2026-11-20T15:04:05", "2026-11-20T15:04:05+01:00", "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "2026-11-20T24:00:00Z",
      "2026-11-20T00:60:00Z", "2026-11-20T00:00:60Z", "2026-11-20T00:00:00.Z", "2026-11-20T00:00:00.1234567Z",
      "2026-11-20T00:00:00Zx", "26-11-20T00:00:00Z", "+294247-01-10T04:00:54.775808Z", "-290308-12-21T19:59:05.224191Z",
    ])
  func refuses(text: String) throws {
    #expect(failure { try WallTime(parsing: text) }?.code == .invalidArgument)
  }
}
