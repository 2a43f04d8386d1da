/// Packs bits into words of 64.
enum BitPacker {
  /// Writes the bits that `bit` gives for each number below `count`; those behind them in the last word are zero.
  ///
  /// It computes 64 bytes of 0 or 1 first: loops that set single bits are not vectorised, these are.
  @inline(__always)
  static func pack(_ count: Int, into words: UnsafeMutablePointer<UInt64>, _ bit: (Int) -> UInt8) {
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 64) { room in
      guard let memory = room.baseAddress else { return }
      let bytes = memory.assumingMemoryBound(to: UInt8.self)
      var index = 0
      while index &+ 64 <= count {
        for offset in 0..<64 { bytes[offset] = bit(index &+ offset) }
        words[index &>> 6] = word(memory)
        index &+= 64
      }
      if index < count {
        for offset in 0..<64 { bytes[offset] = 0 }
        for offset in 0..<count &- index { bytes[offset] = bit(index &+ offset) }
        words[index &>> 6] = word(memory)
      }
    }
  }

  /// The lowest bits of 64 bytes.
  @inline(__always)
  private static func word(_ bytes: UnsafeMutableRawPointer) -> UInt64 {
    var word: UInt64 = 0
    for part in 0..<8 {
      let eight = bytes.load(fromByteOffset: part &* 8, as: UInt64.self)
      // Each byte's lowest bit, moved to its place in the highest byte by one multiplication.
      word |= ((eight &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(truncatingIfNeeded: part &* 8)
    }
    return word
  }
}
