internal import FlintCore

/// The 96 bytes before the bytes of a block in its file, little-endian:
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 4 | `FBF1` |
/// | 4 | 4 | CRC-32C of the header behind it |
/// | 8 | 1 | version |
/// | 9 | 1 | kind of the block |
/// | 10 | 2 | zero |
/// | 12 | 4 | CRC-32C of the table of checksums |
/// | 16 | 8 | bytes of the block |
/// | 24 | 8 | application |
/// | 32 | 48 | the block's numbers, zeros where its kind has fewer |
/// | 80 | 16 | zero |
///
/// Behind it stand the bytes, and behind them the table: a CRC-32C for each 64 KiB of them, so that a part can be read
/// and checked without the rest.
struct BlockHeader: Equatable {
  static let size = 96
  /// Bytes that share one checksum.
  static let chunkSize = 64 << 10
  private static let magic: UInt32 = 0x3146_4246
  private static let version: UInt8 = 1

  let application: ApplicationID
  let id: BlockID
  let length: Int64
  let tableChecksum: UInt32

  /// How many chunks `length` bytes have.
  static func chunkCount(_ length: Int64) -> Int64 { (length + Int64(chunkSize) - 1) / Int64(chunkSize) }

  /// How many bytes the whole file has.
  var fileSize: Int64 { Int64(Self.size) + length + 4 * Self.chunkCount(length) }

  /// Where the table stands.
  var tableOffset: Int64 { Int64(Self.size) + length }

  var bytes: [UInt8] {
    let key = BlockKey(id)
    var bytes = [UInt8](repeating: 0, count: Self.size)
    bytes.withUnsafeMutableBytes { header in
      header.storeBytes(of: Self.magic.littleEndian, toByteOffset: 0, as: UInt32.self)
      header.storeBytes(of: Self.version, toByteOffset: 8, as: UInt8.self)
      header.storeBytes(of: key.kind.rawValue, toByteOffset: 9, as: UInt8.self)
      header.storeBytes(of: tableChecksum.littleEndian, toByteOffset: 12, as: UInt32.self)
      header.storeBytes(of: UInt64(length).littleEndian, toByteOffset: 16, as: UInt64.self)
      header.storeBytes(of: application.rawValue.littleEndian, toByteOffset: 24, as: UInt64.self)
      for (index, number) in key.numbers.enumerated() {
        header.storeBytes(of: number.littleEndian, toByteOffset: 32 + 8 * index, as: UInt64.self)
      }
      let checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: header[8...]))
      header.storeBytes(of: checksum.littleEndian, toByteOffset: 4, as: UInt32.self)
    }
    return bytes
  }
}

extension BlockHeader {
  /// Why bytes are no header.
  struct Refusal: Error {
    let why: String
  }

  /// Reads a header, its checksum before anything else.
  init(_ bytes: [UInt8]) throws(Refusal) {
    guard bytes.count == Self.size else { throw Refusal(why: "it ends in its header") }
    func number<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
      bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
    }
    guard number(0, UInt32.self) == Self.magic else { throw Refusal(why: "it does not begin as a block") }
    guard number(4, UInt32.self) == CRC32C.checksum(Array(bytes[8...])) else {
      throw Refusal(why: "its header has a wrong checksum")
    }
    guard bytes[8] == Self.version else {
      throw Refusal(why: "it is of version \(bytes[8]); this program reads version \(Self.version)")
    }
    let kind = BlockKey.Kind(rawValue: bytes[9])
    let numbers = (0..<BlockKey.mostNumbers).map { number(32 + 8 * $0, UInt64.self) }
    guard let kind, let id = BlockKey.block(kind, Array(numbers.prefix(kind.numberCount))),
      let length = Int64(exactly: number(16, UInt64.self)), length <= Self.longest
    else { throw Refusal(why: "its header says what no block is") }
    self.init(
      application: ApplicationID(rawValue: number(24, UInt64.self)), id: id, length: length,
      tableChecksum: number(12, UInt32.self))
    // Whatever the header does not say must be zero, so that there is one header for a block and no other.
    guard self.bytes == bytes else { throw Refusal(why: "bytes of its header that must be zero are not") }
  }

  /// More than any disk, and far from where sums of offsets overflow.
  private static let longest: Int64 = 1 << 56
}
