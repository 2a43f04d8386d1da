internal import FlintCore

/// A small seeded generator. Every random choice of a simulation comes from one of these, so that the seed is the run.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// A generator whose numbers follow from `seed`.
  public init(seed: UInt64) {
    state = seed
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return SplitMix64.mixed(state)
  }

  /// A number from 0 up to but not including `bound`, which is at least 1. The bias of at most bound / 2^64 does not
  /// matter here, and one multiplication is cheaper than the standard library's rejection loop.
  public mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True in `permille` of 1,000 cases. Draws nothing when the answer is certain.
  public mutating func chance(permille: Int) -> Bool {
    permille > 0 && (permille >= 1000 || below(1000) < permille)
  }

  /// A duration within `range`, both ends included.
  public mutating func duration(in range: ClosedRange<Duration>) -> Duration {
    let span = (range.upperBound - range.lowerBound).nanoseconds
    return span == 0 ? range.lowerBound : range.lowerBound + .nanoseconds(Int64(below(Int(span) + 1)))
  }

  /// A bijection of 64 bits that leaves no visible pattern.
  static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
