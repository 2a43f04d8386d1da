/// A trip that follows from its number, so that executors need not be given any.
struct Trip: Sendable {
  var city: String
  var zone: Int
  var distance: Double
  var fare: Double

  private static let cities = (0..<256).map { $0 % 2 == 0 ? "c\($0)" : "a-long-city-name-\($0)" }

  init(_ number: Int) {
    var bits = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15
    bits ^= bits >> 32
    bits &*= 0xD6E8_FEB8_6659_FD93
    let chance = Int(truncatingIfNeeded: bits >> 1)
    city = Self.cities[chance & 255]
    zone = (chance >> 8) % 100_000
    distance = Double((chance >> 30) & 1023) / 10
    fare = Double((chance >> 40) & 4095) / 100
  }
}
