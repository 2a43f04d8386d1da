/// A hash over words of 64 bits that is the same in every process. Not for keys that strangers choose: it has no seed.
struct WordHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15
  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  @inline(__always)
  mutating func add(_ word: UInt64) { add(word, 0) }

  /// Two words for one multiplication, whose upper half carries every bit into the lower.
  @inline(__always)
  mutating func add(_ low: UInt64, _ high: UInt64) {
    let product = (value ^ low ^ Self.first).multipliedFullWidth(by: high ^ Self.second)
    value = product.high ^ product.low &+ value
  }

  /// The bytes from `start` on; their number is not taken in.
  @inline(__always)
  mutating func add(_ start: UnsafeRawPointer, count: Int) {
    var place = start
    var left = count
    while left >= 16 {
      add(place.loadUnaligned(as: UInt64.self), place.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      place += 16
      left &-= 16
    }
    if left >= 8 {
      add(place.loadUnaligned(as: UInt64.self), Self.tail(place + 8, left &- 8))
    } else if left > 0 {
      add(Self.tail(place, left))
    }
  }

  /// Fewer than eight bytes as one word.
  @inline(__always)
  private static func tail(_ place: UnsafeRawPointer, _ count: Int) -> UInt64 {
    if count >= 4 {
      // Two words that overlap where there are fewer than eight bytes.
      let low = UInt64(place.loadUnaligned(as: UInt32.self))
      let high = UInt64((place + (count &- 4)).loadUnaligned(as: UInt32.self))
      return low | high << UInt64(truncatingIfNeeded: 8 &* (count &- 4))
    }
    guard count > 0 else { return 0 }
    let first = UInt64(place.load(as: UInt8.self))
    let middle = UInt64((place + count / 2).load(as: UInt8.self)) << UInt64(truncatingIfNeeded: 8 &* (count / 2))
    let last = UInt64((place + (count &- 1)).load(as: UInt8.self)) << UInt64(truncatingIfNeeded: 8 &* (count &- 1))
    return first | middle | last
  }

  /// Ends the hash.
  @inline(__always)
  var finished: UInt64 {
    let product = (value ^ Self.second).multipliedFullWidth(by: Self.first)
    return product.high ^ product.low
  }
}
