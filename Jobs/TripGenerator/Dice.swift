/// Random numbers that follow from a seed.
struct Dice {
  private var state: UInt64

  init(seed: UInt64, number: Int) {
    state = seed &* 0xD129_42F2_35C1_4D1D &+ UInt64(bitPattern: Int64(number)) &* 0x9E37_79B9_7F4A_7C15
  }

  /// A number from 0 up to and without `bound`.
  mutating func roll(_ bound: UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
    return (bits ^ bits >> 31) % bound
  }

  /// An amount from `least` on in steps of a cent, up to and without `bound`.
  mutating func amount(from least: Int, to bound: Int) -> Double {
    Double(least * 100 + Int(roll(UInt64((bound - least) * 100)))) / 100
  }
}
