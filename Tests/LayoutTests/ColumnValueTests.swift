import FlintCore
import FlintLayout
import Testing

/// The value types of columns that are Flint's own.
@Suite("Values of columns")
struct ColumnValueTests {
  @Test("decimals are equal and ordered by value, whatever their scales")
  func decimals() {
    let values = [
      Decimal(unscaled: -125, scale: 1), Decimal(unscaled: -3), Decimal(unscaled: -1, scale: 38), Decimal(unscaled: 0),
      Decimal(unscaled: 5, scale: 3), Decimal(unscaled: 12, scale: 1), Decimal(unscaled: 1_250, scale: 3),
      Decimal(unscaled: 2), Decimal(unscaled: .max),
    ]
    #expect(values.shuffledBySteps().sorted() == values)
    #expect(Decimal(unscaled: 125, scale: 1) == Decimal(unscaled: 12_500, scale: 3))
    #expect(Set([Decimal(unscaled: 10, scale: 1), Decimal(unscaled: 1)]).count == 1)
    #expect("\(Decimal(unscaled: -1_250, scale: 2))" == "-12.50")
    #expect("\(Decimal(unscaled: 5, scale: 3))" == "0.005")
  }

  @Test("a decimal with too many digits behind its point is refused on the way in")
  func scale() throws {
    var bytes = try Rows.bytes([Decimal(unscaled: 1, scale: 38)])
    #expect(bytes.count == 17)
    bytes[16] = 39
    #expect(Rows.refusal(bytes, count: 1, as: Decimal.self) == .corruptData)
  }

  @Test("an identifier's bytes are those of its text")
  func identifiers() throws {
    let identifier = UUID(high: 0x0011_2233_4455_6677, low: 0x8899_AABB_CCDD_EEFF)
    #expect("\(identifier)" == "00112233-4455-6677-8899-aabbccddeeff")
    #expect(try Rows.bytes([identifier]) == (0...15).map { $0 * 17 })
    #expect(identifier.high == 0x0011_2233_4455_6677 && UUID(high: 1, low: 0) > UUID(high: 0, low: 2))
  }

  @Test("a character is one, a range is not reversed, a scalar is one")
  func conversions() throws {
    #expect(Rows.refusal([2, 0, 0, 0, 97, 98], count: 1, as: Character.self) == .corruptData)
    #expect(Rows.refusal([0, 0, 0, 0], count: 1, as: Character.self) == .corruptData)
    #expect(Rows.refusal([2, 1], count: 1, as: Range<UInt8>.self) == .corruptData)
    #expect(Rows.refusal([0, 0xD8, 0, 0], count: 1, as: Unicode.Scalar.self) == .corruptData)
    #expect(Rows.refusal([2, 0, 0, 0, 0xC3, 0x28], count: 1, as: String.self) == .corruptData)
  }
}

extension Array {
  /// Another order of the same elements, the same at every run.
  fileprivate func shuffledBySteps() -> [Element] { indices.map { self[$0 * 5 % count] } }
}
