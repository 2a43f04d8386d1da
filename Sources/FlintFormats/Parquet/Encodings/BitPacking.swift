/// Packs numbers into as few bits as they need.
enum BitPacking {
  /// Appends `count` numbers of at most `width` bits, up to 64, and zeros as if there were `padded`, a multiple of eight.
  static func pack<Number: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Number>, count: Int, width: Int, paddedTo padded: Int, to sink: inout ByteSink
  ) throws(FormatFault) {
    let size = padded * width / 8
    let start = try sink.reserve(size + 16)
    var (place, word, filled) = (start, UInt64(0), 0)
    for index in 0..<count {
      let value = UInt64(truncatingIfNeeded: values[index])
      word |= value &<< UInt64(truncatingIfNeeded: filled)
      filled &+= width
      if filled >= 64 {
        place.storeBytes(of: word, as: UInt64.self)
        place += 8
        filled &-= 64
        // What did not fit, if anything.
        word = filled == 0 ? 0 : value &>> UInt64(truncatingIfNeeded: width &- filled)
      }
    }
    let rest = start + size - place
    if rest > 0 {
      for byte in 0..<rest {
        let value = byte < 8 ? UInt8(truncatingIfNeeded: word >> UInt64(8 * byte)) : 0
        place.storeBytes(of: value, toByteOffset: byte, as: UInt8.self)
      }
    }
    sink.add(size)
  }
}
