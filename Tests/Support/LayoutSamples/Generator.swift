/// Random values from a seed.
package struct Generator: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  package mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  package mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
  package mutating func coin() -> Bool { below(2) == 0 }

  package mutating func number<Number: FixedWidthInteger>(_: Number.Type = Number.self) -> Number {
    switch below(8) {
    case 0: .max
    case 1: .min
    case 2: 0
    default: Number(truncatingIfNeeded: next())
    }
  }

  package mutating func double() -> Double {
    switch below(12) {
    case 0: -0.0
    case 1: .infinity
    case 2: .leastNonzeroMagnitude
    default: Double(Int64(bitPattern: next())) / 1024
    }
  }

  /// Of all lengths at which strings change their form, sometimes not ASCII.
  package mutating func text() -> String {
    let lengths = [0, 1, 3, 7, 8, 9, 14, 15, 16, 17, 40, 200]
    let length = lengths[below(lengths.count)]
    if below(4) == 0 {
      let others = ["é", "e\u{301}", "ß", "日", "😀", "a"]
      return (0..<length).map { _ in others[below(others.count)] }.joined()
    }
    return String(decoding: (0..<length).map { _ in UInt8(97 + below(26)) }, as: UTF8.self)
  }

  package mutating func array<Element>(
    upTo bound: Int = 6, _ make: (inout Generator) -> Element
  ) -> [Element] {
    (0..<below(bound)).map { _ in make(&self) }
  }

  package mutating func maybe<Value>(_ make: (inout Generator) -> Value) -> Value? {
    below(3) == 0 ? nil : make(&self)
  }

  package mutating func dictionary<Key: Hashable, Value>(
    _ key: (inout Generator) -> Key, _ value: (inout Generator) -> Value
  ) -> [Key: Value] {
    Dictionary(array { (key(&$0), value(&$0)) }) { first, _ in first }
  }

  package mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}
