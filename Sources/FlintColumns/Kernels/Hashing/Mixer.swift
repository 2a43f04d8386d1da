/// A hash of 64-bit words that is the same in every process and build. Not for keys that strangers choose to collide.
enum Mixer {
  /// Of one word: both halves of a product, each bit of which depends on all bits of the word below it.
  @inline(__always)
  static func hash(_ word: UInt64) -> UInt64 {
    let product = (word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Of a word behind what was hashed before.
  @inline(__always)
  static func hash(_ word: UInt64, after hash: UInt64) -> UInt64 {
    let product = (word ^ hash).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return (product.high ^ product.low) &+ 0x9E37_79B9_7F4A_7C15
  }

  /// Of three words, by one product: for tables that compare the words anyway.
  @inline(__always)
  static func hash(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    let others = third ^ (second &<< 29 | second &>> 35)
    let product = (first ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: others ^ 0xD6E8_FEB8_6659_FD93)
    return product.high ^ product.low
  }

  /// Of bytes, behind which 16 more may be read.
  @inline(__always)
  static func hash(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    if count <= 8 {
      return hash(prefix(bytes, count: count), after: UInt64(truncatingIfNeeded: count))
    }
    return hashLong(bytes, count: count)
  }

  @inline(never)
  private static func hashLong(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count)
    var place = bytes
    var left = count
    while left > 8 {
      hash = self.hash(place.loadUnaligned(as: UInt64.self), after: hash)
      place += 8
      left &-= 8
    }
    // The last eight bytes, some of them once more.
    return self.hash((place + (left &- 8)).loadUnaligned(as: UInt64.self), after: hash)
  }

  /// The first eight bytes as a word, with zeros behind the end; eight bytes may be read.
  @inline(__always)
  static func prefix(_ bytes: UnsafeRawPointer, count: Int) -> UInt64 {
    let word = bytes.loadUnaligned(as: UInt64.self)
    return count >= 8 ? word : word & (1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1)
  }
}
