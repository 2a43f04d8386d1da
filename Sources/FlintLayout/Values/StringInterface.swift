internal import Glibc

/// Strings by what the standard library promises. Also makes those that ``StringWords`` does not.
enum StringInterface {
  /// Makes a string of `count` bytes at `place`.
  @inline(never)
  static func make(
    _ place: UnsafeMutableRawPointer, _ bytes: UnsafeRawPointer, count: Int
  ) throws(LayoutFault) {
    if count >= 8, isASCII(bytes, count) {
      // Twice as fast as validating what is known to be valid.
      let string = String(unsafeUninitializedCapacity: count) { buffer in
        if let start = buffer.baseAddress { memcpy(start, bytes, count) }
        return count
      }
      place.initializeMemory(as: String.self, to: string)
      return
    }
    let utf8 = UnsafeBufferPointer(start: bytes.assumingMemoryBound(to: UInt8.self), count: count)
    guard let string = String(validating: utf8, as: UTF8.self) else { throw .badText }
    place.initializeMemory(as: String.self, to: string)
  }

  /// Writes the bytes of the string at `place`, and returns how many.
  @inline(never)
  static func write(_ place: UnsafeRawPointer, to writer: inout ByteWriter) throws(LayoutFault) -> Int {
    var string = place.assumingMemoryBound(to: String.self).pointee
    let count = string.utf8.count
    let target = try writer.take(count)
    string.withUTF8 { utf8 in
      if let start = utf8.baseAddress { memcpy(target, start, utf8.count) }
    }
    return count
  }

  /// For at least eight bytes.
  @inline(__always)
  private static func isASCII(_ bytes: UnsafeRawPointer, _ count: Int) -> Bool {
    var all = (bytes + (count - 8)).loadUnaligned(as: UInt64.self)
    var offset = 0
    while offset + 8 <= count {
      all |= (bytes + offset).loadUnaligned(as: UInt64.self)
      offset += 8
    }
    return all & 0x8080_8080_8080_8080 == 0
  }
}
