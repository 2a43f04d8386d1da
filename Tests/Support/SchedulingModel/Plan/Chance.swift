/// The seed's choices.
package struct Chance {
  private var state: UInt64

  package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

  package mutating func bits() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Chance.mixed(state)
  }

  /// From 0 up to but not including `bound`.
  package mutating func below(_ bound: Int) -> Int { Int(bits().multipliedFullWidth(by: UInt64(bound)).high) }

  package mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in so many of a thousand cases.
  package mutating func permille(_ count: Int) -> Bool { count > 0 && below(1000) < count }

  package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// Milliseconds within a range, in nanoseconds.
  package mutating func milliseconds(_ range: ClosedRange<Int>) -> Int64 {
    Int64(range.lowerBound) * 1_000_000 + Int64(below(max(1, (range.upperBound - range.lowerBound) * 1_000_000)))
  }

  /// A bijection of 64 bits that leaves no visible pattern.
  package static func mixed(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
