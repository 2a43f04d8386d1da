internal import Glibc

/// Strings by their two words, as the standard library lays them out on 64-bit systems.
///
/// A probe at the first use compares strings of every kind with what is expected of them; where it fails, the codec goes
/// through ``StringInterface`` instead.
enum StringWords {
  /// Whether this runtime's strings are laid out as this file thinks.
  static let isKnown: Bool = probe()

  private static let smallFlag: UInt64 = 0x2000_0000_0000_0000
  private static let foreignFlag: UInt64 = 0x1000_0000_0000_0000
  private static let immortalFlag: UInt64 = 0x8000_0000_0000_0000
  private static let tailFlag: UInt64 = 0x1000_0000_0000_0000
  private static let countMask: UInt64 = 0xFFFF_FFFF_FFFF
  private static let addressMask: UInt64 = 0x0FFF_FFFF_FFFF_FFFF
  private static let smallASCII: UInt64 = 0xE000_0000_0000_0000
  /// UTF-8 starts this many bytes behind the address in the second word.
  private static let bias = 32

  /// Whether the string at `place` keeps its bytes in its own two words.
  @inline(__always)
  static func isSmall(_ place: UnsafeRawPointer) -> Bool {
    place.load(fromByteOffset: 8, as: UInt64.self) & smallFlag != 0
  }

  /// The number of UTF-8 bytes; not for foreign strings, of which ``bytes(_:)`` is nil.
  @inline(__always)
  static func count(_ place: UnsafeRawPointer) -> Int {
    let object = place.load(fromByteOffset: 8, as: UInt64.self)
    if object & smallFlag != 0 { return Int((object >> 56) & 0xF) }
    return Int(place.load(as: UInt64.self) & countMask)
  }

  /// Where the UTF-8 bytes lie; `place` itself for small strings, nil for strings that have none in memory.
  @inline(__always)
  static func bytes(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
    let object = place.load(fromByteOffset: 8, as: UInt64.self)
    if object & smallFlag != 0 { return place }
    let hasTail = place.load(as: UInt64.self) & tailFlag != 0 || object & immortalFlag != 0
    if object & foreignFlag != 0 || !hasTail { return nil }
    return UnsafeRawPointer(bitPattern: UInt(object & addressMask)).map { $0 + bias }
  }

  /// Makes a small string of `count` <= 15 bytes at `place`; false when they are not all ASCII. `readable` bytes may be
  /// read at `bytes`.
  @inline(__always)
  static func makeSmall(
    _ place: UnsafeMutableRawPointer, _ bytes: UnsafeRawPointer, count: Int, readable: Int
  ) -> Bool {
    var low: UInt64 = 0
    var high: UInt64 = 0
    if _fastPath(readable >= 16) {
      low = bytes.loadUnaligned(as: UInt64.self)
      if count < 8 {
        low = low & ((1 << UInt64(8 &* count)) &- 1)
      } else {
        high = (bytes + 8).loadUnaligned(as: UInt64.self) & ((1 << UInt64(8 &* (count &- 8))) &- 1)
      }
    } else {
      for index in 0..<count {
        let byte = UInt64(bytes.load(fromByteOffset: index, as: UInt8.self))
        if index < 8 { low |= byte << UInt64(8 * index) } else { high |= byte << UInt64(8 * (index - 8)) }
      }
    }
    if _slowPath((low | high) & 0x8080_8080_8080_8080 != 0) { return false }
    place.storeBytes(of: low, as: UInt64.self)
    place.storeBytes(of: high | smallASCII | UInt64(count) << 56, toByteOffset: 8, as: UInt64.self)
    return true
  }

  private static func probe() -> Bool {
    guard MemoryLayout<String>.size == 16 else { return false }
    let long = String(repeating: "long enough to need storage ", count: 3)
    let samples: [String] = [
      "", "a", "sevenis7", "fifteen letters", "é", "日本語", long, long + "é", "a literal of static storage",
    ]
    return samples.allSatisfy(agrees) && remakes("") && remakes("a") && remakes("eight888")
      && remakes("fifteen letters")
  }

  private static func agrees(_ sample: String) -> Bool {
    var copy = sample
    return withUnsafeBytes(of: &copy) { memory in
      guard let place = memory.baseAddress, let bytes = bytes(place), count(place) == sample.utf8.count else {
        return false
      }
      return UnsafeRawBufferPointer(start: bytes, count: count(place)).elementsEqual(sample.utf8)
    }
  }

  private static func remakes(_ sample: String) -> Bool {
    var made = ""
    let utf8 = Array(sample.utf8) + [UInt8](repeating: 0xFF, count: 16)
    let isMade = withUnsafeMutableBytes(of: &made) { memory in
      utf8.withUnsafeBytes { bytes in
        guard let place = memory.baseAddress, let start = bytes.baseAddress else { return false }
        // A small string owns nothing, so the one that was there needs no destroying.
        return makeSmall(place, start, count: sample.utf8.count, readable: bytes.count)
      }
    }
    return isMade && made == sample && made.utf8.count == sample.utf8.count
  }
}
