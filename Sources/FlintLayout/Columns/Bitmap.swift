/// Bits as in Apache Arrow: the first value is the lowest bit of the first byte.
enum Bitmap {
  static func byteCount(_ bits: Int) -> Int { (bits + 7) >> 3 }

  @inline(__always)
  static func isSet(_ bitmap: UnsafeRawPointer, _ index: Int) -> Bool {
    bitmap.load(fromByteOffset: index >> 3, as: UInt8.self) >> UInt8(index & 7) & 1 == 1
  }
}
