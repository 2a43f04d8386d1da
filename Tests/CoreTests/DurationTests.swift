import FlintCore
import Testing

@Suite("Durations")
struct DurationTests {
  @Test(
    "a duration is a whole number with a unit, in either case",
    arguments: [
      ("7ns", 7), ("100us", 100_000), ("500ms", 500_000_000), ("10s", 10_000_000_000), ("5m", 300_000_000_000),
      ("5min", 300_000_000_000), ("2h", 7_200_000_000_000), ("1d", 86_400_000_000_000), (" 10 S ", 10_000_000_000),
      ("0s", 0), ("106751d", 9_223_286_400_000_000_000),
    ])
  func parses(text: String, nanoseconds: Int64) throws {
    #expect(try Duration(parsing: text) == .nanoseconds(nanoseconds))
  }

  @Test("a bare number is refused, and the units are offered")
  func refusesBareNumber() throws {
    let error = try #require(failure { try Duration(parsing: "500") })
    #expect(error.code == .invalidArgument)
    #expect(error.remedy == "write 500ms or 500s")
  }

  @Test(
    "what is no duration is refused", arguments: ["", "s", "1.5s", "-1s", "10sec", "106752d", "99999999999999999999s"])
  func refuses(text: String) throws {
    let error = try #require(failure { try Duration(parsing: text) })
    #expect(error.code == .invalidArgument)
    #expect(error.what.contains("\"\(text)\""))
  }

  @Test(
    "a duration prints in the largest unit that divides it and reads back",
    arguments: [
      (Duration.zero, "0s"), (.seconds(90), "90s"), (.milliseconds(1500), "1500ms"), (.seconds(120), "2min"),
      (.seconds(7200), "2h"), (.seconds(172_800), "2d"), (.nanoseconds(7), "7ns"), (.microseconds(100), "100us"),
    ])
  func prints(duration: Duration, text: String) throws {
    #expect(duration.exactText == text)
    #expect(try Duration(parsing: text) == duration)
  }
}
