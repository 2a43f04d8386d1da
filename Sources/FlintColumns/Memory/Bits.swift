/// Arithmetic on bitmaps.
package enum Bits {
  /// Bytes that hold `count` bits.
  package static func byteCount(_ count: Int) -> Int { (count + 7) >> 3 }

  /// Bytes of whole words that hold `count` bits.
  package static func wordBytes(_ count: Int) -> Int { (count + 63) / 64 * 8 }

  /// The lowest `count` bits, fewer than 64.
  @inline(__always)
  package static func low(_ count: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: count) &- 1 }

  /// Clears a bit.
  @inline(__always)
  package static func clear(_ bytes: UnsafeMutablePointer<UInt8>, _ index: Int) {
    bytes[index &>> 3] &= ~(1 &<< UInt8(truncatingIfNeeded: index & 7))
  }

  /// Sets a bit to `value`.
  @inline(__always)
  package static func write(_ bytes: UnsafeMutablePointer<UInt8>, _ index: Int, _ value: Bool) {
    let bit = UInt8(truncatingIfNeeded: index & 7)
    bytes[index &>> 3] = bytes[index &>> 3] & ~(1 &<< bit) | (value ? 1 : 0) &<< bit
  }
}
