package import FlintCore

/// Random fields of messages, from a seed.
package struct WireGenerator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  package mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  package mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number {
    switch below(6) {
    case 0: .max
    case 1: 0
    default: Number(truncatingIfNeeded: next())
    }
  }

  package mutating func id<ID: Identifier>(_: ID.Type = ID.self) -> ID { ID(rawValue: number()) }

  package mutating func bytes(upTo count: Int = 300) -> [UInt8] {
    (0..<below(count + 1)).map { _ in UInt8(truncatingIfNeeded: next()) }
  }

  package mutating func array<Element>(upTo count: Int = 5, _ make: (inout WireGenerator) -> Element) -> [Element] {
    (0..<below(count + 1)).map { _ in make(&self) }
  }

  /// Of lengths at which strings change their form, sometimes not ASCII.
  package mutating func text() -> String {
    let lengths = [0, 1, 14, 15, 16, 60]
    let letters = below(4) == 0 ? ["é", "e\u{301}", "日", "😀", "a"] : ["a", "b", "-", "7"]
    return (0..<lengths[below(lengths.count)]).map { _ in letters[below(letters.count)] }.joined()
  }
}
