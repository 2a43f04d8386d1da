/// Damages bytes as a broken disk, a broken peer or an attacker would.
struct Mutation: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
  }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_F491_4F6C_DD1D
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// The bytes, damaged in one to three places.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for _ in 0...below(3) { damage(&bytes) }
    return bytes
  }

  private mutating func damage(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = [UInt8(below(256))]
      return
    }
    // Headers matter most, so every other place is one of the first 20.
    let place = below(below(2) == 0 ? min(20, bytes.count) : bytes.count)
    switch below(8) {
    case 0: bytes[place] = UInt8(below(256))
    case 1: bytes[place] = [0, 255, 127, 128][below(4)]
    case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(30)))
    case 3: bytes.insert(contentsOf: (0..<1 + below(16)).map { _ in UInt8(below(256)) }, at: place)
    case 4: bytes.removeLast(min(bytes.count, 1 + below(40)))
    case 5: bytes += bytes[place..<min(bytes.count, place + 64)]
    default: bytes[place] ^= 1 << UInt8(below(8))
    }
  }
}
