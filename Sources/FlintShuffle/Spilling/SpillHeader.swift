internal import FlintCompression
internal import FlintCore

/// The 32 bytes before each block of a spill file, little-endian: `FSP1`, the CRC-32C of everything behind it, the block's
/// bytes included, the codec (32 bits, 0 for bytes as they are), zero (32 bits), the bytes of the block once it is
/// decompressed, and its place in the file (64 bits each).
struct SpillHeader {
  static let size = 32
  private static let magic: UInt32 = 0x3150_5346

  let codec: CompressionCodec?
  let rawLength: Int
  let offset: Int64

  /// Writes the header over the first bytes of a block that is whole behind it.
  func seal(_ block: UnsafeMutableRawBufferPointer) {
    block.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
    block.storeBytes(of: UInt32(codec?.rawValue ?? 0).littleEndian, toByteOffset: 8, as: UInt32.self)
    block.storeBytes(of: 0, toByteOffset: 12, as: UInt32.self)
    block.storeBytes(of: UInt64(rawLength).littleEndian, toByteOffset: 16, as: UInt64.self)
    block.storeBytes(of: UInt64(offset).littleEndian, toByteOffset: 24, as: UInt64.self)
    let checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: block[8...]))
    block.storeBytes(of: checksum.littleEndian, toByteOffset: 4, as: UInt32.self)
  }

  /// Reads the header of a block that should stand at `offset`, its checksum before anything else; nil when it is not that
  /// block.
  init?(_ block: UnsafeRawBufferPointer, at offset: Int64) {
    func number<Number: FixedWidthInteger>(_ place: Int, _: Number.Type) -> Number {
      Number(littleEndian: block.loadUnaligned(fromByteOffset: place, as: Number.self))
    }
    guard block.count >= Self.size, number(0, UInt32.self) == Self.magic,
      number(4, UInt32.self) == CRC32C.checksum(UnsafeRawBufferPointer(rebasing: block[8...])),
      number(24, UInt64.self) == UInt64(bitPattern: offset),
      let rawLength = Int(exactly: number(16, UInt64.self)), rawLength <= CompressionCodec.largestBlock
    else { return nil }
    codec = CompressionCodec(rawValue: UInt8(truncatingIfNeeded: number(8, UInt32.self)))
    self.rawLength = rawLength
    self.offset = offset
  }

  init(codec: CompressionCodec?, rawLength: Int, offset: Int64) {
    (self.codec, self.rawLength, self.offset) = (codec, rawLength, offset)
  }
}
