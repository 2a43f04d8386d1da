/// Changes bytes at random; the same seed gives the same changes.
struct Mutator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The next of the generator's numbers (SplitMix64).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number below `bound`.
  mutating func next(_ bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

  /// One to four changes of `bytes`. Three of four times the head, which names the images, stays as it is.
  mutating func mutated(_ bytes: [UInt8], other: [UInt8]) -> [UInt8] {
    var result = bytes
    let isWhole = next(4) == 0
    for _ in 0...next(4) {
      let from = isWhole ? 0 : min(FuzzSample.headSize(bytes), result.count - 1)
      guard result.count > from else { return result }
      let place = from + next(result.count - from)
      switch next(7) {
      case 0: result[place] ^= 1 << UInt8(next(8))
      case 1: result[place] = UInt8(truncatingIfNeeded: next())
      case 2: result[place] = [0, 1, 2, 3, 4, 5, 0x7F, 0x80, 0xFF][next(9)]
      case 3: result.removeLast(next(min(result.count - from, 16)))
      case 4: result.insert(UInt8(truncatingIfNeeded: next(6)), at: place)
      case 5:
        // A run of another closure, which brings valid places along; half of the time from where this one has its own.
        let start = next(2) == 0 ? min(place, other.count - 1) : next(other.count)
        let run = other[start..<min(start + 1 + next(24), other.count)]
        result.replaceSubrange(place..<min(place + run.count, result.count), with: run)
      default:
        let distance = UInt8(truncatingIfNeeded: next(64)) &- 32
        result[place] = result[place] &+ distance
      }
    }
    return result
  }
}
