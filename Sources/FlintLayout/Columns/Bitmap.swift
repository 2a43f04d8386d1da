/// Bits as in Apache Arrow: the first value is the lowest bit of the first byte.
enum Bitmap {
  static func byteCount(_ bits: Int) -> Int { (bits + 7) >> 3 }

  @inline(__always)
  static func isSet(_ bitmap: UnsafeRawPointer, _ index: Int) -> Bool {
    bitmap.load(fromByteOffset: index >> 3, as: UInt8.self) >> UInt8(index & 7) & 1 == 1
  }

  /// Sets a bit to `isSet`, which was 0.
  @inline(__always)
  static func set(_ bitmap: UnsafeMutableRawPointer, _ index: Int, _ isSet: Bool) {
    let byte = bitmap.load(fromByteOffset: index >> 3, as: UInt8.self) | (isSet ? 1 : 0) << UInt8(index & 7)
    bitmap.storeBytes(of: byte, toByteOffset: index >> 3, as: UInt8.self)
  }
}
