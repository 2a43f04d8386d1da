/// Runs of bits in bitmaps, of which the first lies in the lowest bit of the first byte.
enum BitRuns {
  /// Sets or clears `count` bits.
  static func fill(_ bits: UnsafeMutableRawPointer, start: Int, count: Int, _ value: Bool) {
    let bytes = bits.assumingMemoryBound(to: UInt8.self)
    var (index, end) = (start, start + count)
    while index < end && index & 7 != 0 { set(bytes, &index, value) }
    let whole = (end - index) >> 3
    (bytes + index >> 3).update(repeating: value ? 0xFF : 0, count: whole)
    index += whole << 3
    while index < end { set(bytes, &index, value) }
    end = index
  }

  @inline(__always)
  private static func set(_ bytes: UnsafeMutablePointer<UInt8>, _ index: inout Int, _ value: Bool) {
    let mask = UInt8(1) &<< UInt8(truncatingIfNeeded: index & 7)
    bytes[index >> 3] = value ? bytes[index >> 3] | mask : bytes[index >> 3] & ~mask
    index &+= 1
  }

  /// Copies `count` bits and returns how many of them are set. Nothing is read behind the last byte that holds one of them.
  static func copy(
    _ source: UnsafePointer<UInt8>, start sourceStart: Int, to target: UnsafeMutableRawPointer, start: Int, count: Int
  ) -> Int {
    let bytes = target.assumingMemoryBound(to: UInt8.self)
    var (index, set) = (0, 0)
    // Up to a whole byte of the target, bit by bit.
    let head = min(count, (8 - start & 7) & 7)
    while index < head { set &+= copyBit(source, sourceStart + index, bytes, start + index, &index) }
    // Eight bytes at once, as long as nine may be read.
    let shift = UInt64((sourceStart + index) & 7)
    while count - index >= 72 {
      let place = UnsafeRawPointer(source + (sourceStart + index) >> 3)
      var word = place.loadUnaligned(as: UInt64.self) &>> shift
      if shift > 0 { word |= UInt64(place.load(fromByteOffset: 8, as: UInt8.self)) &<< (64 &- shift) }
      UnsafeMutableRawPointer(bytes + (start + index) >> 3).storeBytes(of: word, as: UInt64.self)
      set &+= word.nonzeroBitCount
      index &+= 64
    }
    while index < count { set &+= copyBit(source, sourceStart + index, bytes, start + index, &index) }
    return set
  }

  @inline(__always)
  private static func copyBit(
    _ source: UnsafePointer<UInt8>, _ from: Int, _ target: UnsafeMutablePointer<UInt8>, _ to: Int, _ index: inout Int
  ) -> Int {
    let bit = (source[from >> 3] &>> UInt8(truncatingIfNeeded: from & 7)) & 1
    let shift = UInt8(truncatingIfNeeded: to & 7)
    target[to >> 3] = target[to >> 3] & ~(1 &<< shift) | bit &<< shift
    index &+= 1
    return Int(bit)
  }

  @inline(__always)
  static func isSet(_ bits: UnsafeRawPointer, _ index: Int) -> Bool {
    bits.load(fromByteOffset: index >> 3, as: UInt8.self) &>> UInt8(truncatingIfNeeded: index & 7) & 1 == 1
  }
}
