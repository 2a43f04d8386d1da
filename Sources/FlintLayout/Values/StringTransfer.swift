internal import Glibc

/// Moves strings between rows and bytes.
enum StringTransfer {
  /// Writes the UTF-8 bytes of the string at `place`, and returns how many.
  @inline(__always)
  static func write(_ place: UnsafeRawPointer, to writer: inout ByteWriter) throws(LayoutFault) -> Int {
    guard let bytes = StringWords.bytes(place) else { return try StringInterface.write(place, to: &writer) }
    let count = StringWords.count(place)
    if bytes == place {
      // Both words at once: what lies behind the text is overwritten by what follows.
      let target = try writer.takeWords(count)
      target.storeBytes(of: bytes.loadUnaligned(as: UInt64.self), as: UInt64.self)
      target.storeBytes(of: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
    } else {
      memcpy(try writer.take(count), bytes, count)
    }
    return count
  }

  /// Writes the length in 32 bits, and the bytes.
  @inline(__always)
  static func writeWithLength(_ place: UnsafeRawPointer, to writer: inout ByteWriter) throws(LayoutFault) {
    let position = writer.count
    _ = try writer.take(4)
    try setLength(write(place, to: &writer), at: position, in: &writer)
  }

  static func writeWithLengthByInterface(_ place: UnsafeRawPointer, to writer: inout ByteWriter) throws(LayoutFault) {
    let position = writer.count
    _ = try writer.take(4)
    try setLength(StringInterface.write(place, to: &writer), at: position, in: &writer)
  }

  /// Makes the string of `count` bytes at `bytes`, of which `readable` may be read.
  @inline(__always)
  static func make(
    _ place: UnsafeMutableRawPointer, _ bytes: UnsafeRawPointer, count: Int, readable: Int,
    charging reader: inout ByteReader
  ) throws(LayoutFault) {
    if count <= 15 {
      if _fastPath(StringWords.makeSmall(place, bytes, count: count, readable: readable)) { return }
    } else {
      try reader.charge(count + 32)
    }
    try StringInterface.make(place, bytes, count: count)
  }

  /// Reads what ``writeWithLength(_:to:)`` wrote.
  @inline(__always)
  static func read(_ place: UnsafeMutableRawPointer, from reader: inout ByteReader) throws(LayoutFault) {
    let count = Int(try reader.get(UInt32.self))
    let readable = reader.remaining
    try make(place, try reader.take(count), count: count, readable: readable, charging: &reader)
  }

  static func readByInterface(_ place: UnsafeMutableRawPointer, from reader: inout ByteReader) throws(LayoutFault) {
    let count = Int(try reader.get(UInt32.self))
    let bytes = try reader.take(count)
    try reader.charge(count + 32)
    try StringInterface.make(place, bytes, count: count)
  }

  @inline(__always)
  private static func setLength(_ count: Int, at position: Int, in writer: inout ByteWriter) throws(LayoutFault) {
    guard let length = UInt32(exactly: count) else { throw .tooLarge }
    writer.place(position).storeBytes(of: length, as: UInt32.self)
  }
}
