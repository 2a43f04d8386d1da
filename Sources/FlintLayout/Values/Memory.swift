internal import CFlint
internal import Glibc

/// Small moves of memory that the codec's loops are made of.
enum Memory {
  /// Copies `size` bytes; the sizes of numbers without a call.
  @inline(__always)
  static func copy(_ target: UnsafeMutableRawPointer, _ source: UnsafeRawPointer, _ size: Int) {
    switch size {
    case 8: target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    case 4: target.storeBytes(of: source.loadUnaligned(as: UInt32.self), as: UInt32.self)
    case 1: target.storeBytes(of: source.load(as: UInt8.self), as: UInt8.self)
    case 16:
      target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
      target.storeBytes(of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8, as: UInt64.self)
    default: memcpy(target, source, size)
    }
  }

  /// Makes an optional nil whose payload of `size` bytes has no pattern to spare. The payload of nil is zeros, not anything:
  /// compiled code compares it, too.
  @inline(__always)
  static func makeNil(_ place: UnsafeMutableRawPointer, payload size: Int) {
    if size == 8 { place.storeBytes(of: 0, as: UInt64.self) } else { memset(place, 0, size) }
    place.storeBytes(of: 1, toByteOffset: size, as: UInt8.self)
  }

  /// Destroys `count` values of the type `metadata`; of a trivial type, which is nil, there is nothing to destroy.
  static func destroy(_ place: UnsafeMutableRawPointer, count: Int = 1, _ metadata: UnsafeRawPointer?) {
    if let metadata, count > 0 { swift_arrayDestroy(place, count, metadata) }
  }

  /// Runs `body` with room for values of a program, which is not initialised before and must not be after.
  @inline(__always)
  static func withScratch<Result, Failure: Error>(
    _ program: UnsafePointer<Program>, count: Int = 1,
    _ body: (UnsafeMutableRawPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let size = max(count * program.pointee.stride, program.pointee.size)
    if size <= 64, program.pointee.alignmentMask <= 15 {
      var small: (Int128, Int128, Int128, Int128) = (0, 0, 0, 0)
      return try withUnsafeMutablePointer(to: &small) { (small) throws(Failure) -> Result in
        try body(UnsafeMutableRawPointer(small))
      }
    }
    let scratch = UnsafeMutableRawPointer.allocate(
      byteCount: size, alignment: max(program.pointee.alignmentMask, 15) + 1)
    defer { scratch.deallocate() }
    return try body(scratch)
  }
}
