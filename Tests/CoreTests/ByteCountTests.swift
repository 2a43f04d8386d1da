import FlintCore
import Testing

@Suite("Sizes")
struct ByteCountTests {
  @Test(
    "a size is a whole number with a unit, in either case",
    arguments: [
      ("0", 0), ("0b", 0), ("7b", 7), ("64k", 65_536), ("64KB", 65_536), ("512m", 536_870_912), ("512 Mb", 536_870_912),
      ("2g", 2_147_483_648), (" 2GB ", 2_147_483_648), ("1t", 1_099_511_627_776), ("1tb", 1_099_511_627_776),
      ("9223372036854775807b", Int64.max), ("8388607t", 9_223_370_937_343_148_032),
    ])
  func parses(text: String, bytes: Int64) throws {
    #expect(try ByteCount(parsing: text).bytes == bytes)
  }

  @Test(
    "fractions, negative numbers, bare numbers, unknown units and overflow are refused with the reason",
    arguments: [
      ("1.5g", "whole number"), ("-1m", "not negative"), ("512", "no unit"), ("5x", "unit b, k, m, g or t"),
      ("", "unit b, k, m, g or t"), ("m", "unit b, k, m, g or t"), ("1 2m", "unit"), ("٣m", "unit"),
      ("8388608t", "less than"), ("9223372036854775808b", "less than"), ("99999999999999999999g", "less than"),
    ])
  func refuses(text: String, reason: String) throws {
    let error = try #require(failure { try ByteCount(parsing: text) })
    #expect(error.code == .invalidArgument)
    #expect(error.what.contains("\"\(text)\""))
    #expect(error.why?.contains(reason) == true)
    #expect(error.remedy != nil)
  }

  @Test(
    "people see the largest unit, exact where it divides and with one decimal elsewhere",
    arguments: [
      (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1025, "1.0 KiB"), (1536, "1.5 KiB"),
      (536_870_912, "512 MiB"), (1_610_612_736, "1.5 GiB"), (1_048_575, "1.0 MiB"), (1_048_525, "1.0 MiB"),
      (1_048_524, "1023.9 KiB"), (-1536, "-1.5 KiB"), (Int64.max, "8.0 EiB"), (Int64.min, "-8 EiB"),
    ])
  func prints(bytes: Int64, text: String) {
    #expect("\(ByteCount(bytes))" == text)
  }

  @Test("the exact text reads back", arguments: [0, 1, 1023, 1024, 1_610_612_736, 1 << 50, Int64.max])
  func exactTextReadsBack(bytes: Int64) throws {
    #expect(try ByteCount(parsing: ByteCount(bytes).exactText).bytes == bytes)
  }
}
