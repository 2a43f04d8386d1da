internal import FlintCore

/// The 32 bytes before the rows of a block, little-endian:
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 4 | `FRB1` |
/// | 4 | 4 | CRC-32C of everything behind it, rows included |
/// | 8 | 1 | version |
/// | 9 | 1 | form |
/// | 10 | 2 | zero |
/// | 12 | 4 | bytes of the rows |
/// | 16 | 8 | fingerprint of the layout |
/// | 24 | 8 | number of rows |
struct RowBlockHeader {
  static let size = 32
  private static let magic: UInt32 = 0x3142_5246
  private static let version: UInt8 = 1
  /// Where what the checksum covers begins.
  private static let covered = 8

  let form: BlockForm
  let fingerprint: UInt64
  let count: Int

  init(form: BlockForm, fingerprint: UInt64, count: Int) {
    self.form = form
    self.fingerprint = fingerprint
    self.count = count
  }

  /// Writes the header over the first bytes of the block that began at `start` and ends where the writer is.
  func seal(_ start: Int, in writer: inout ByteWriter) throws(FlintError) {
    guard let length = UInt32(exactly: writer.count - start - Self.size) else {
      throw LayoutFault.tooLarge.encodingError(cause: nil)
    }
    let header = writer.place(start)
    header.storeBytes(of: Self.magic.littleEndian, as: UInt32.self)
    header.storeBytes(of: Self.version, toByteOffset: 8, as: UInt8.self)
    header.storeBytes(of: form.rawValue, toByteOffset: 9, as: UInt8.self)
    header.storeBytes(of: 0, toByteOffset: 10, as: UInt16.self)
    header.storeBytes(of: length.littleEndian, toByteOffset: 12, as: UInt32.self)
    header.storeBytes(of: fingerprint.littleEndian, toByteOffset: 16, as: UInt64.self)
    header.storeBytes(of: UInt64(count).littleEndian, toByteOffset: 24, as: UInt64.self)
    let checksum = CRC32C.checksum(
      UnsafeRawBufferPointer(start: header + Self.covered, count: writer.count - start - Self.covered))
    header.storeBytes(of: checksum.littleEndian, toByteOffset: 4, as: UInt32.self)
  }

  /// Reads the header of a whole block. Throws `corrupt-data` for what is none, and before all else for a wrong checksum.
  init(checking block: UnsafeRawBufferPointer) throws(FlintError) {
    guard block.count >= Self.size, Self.number(block, 0, UInt32.self) == Self.magic else {
      throw Self.refusal("it does not begin as one")
    }
    let checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: block[Self.covered...]))
    guard Self.number(block, 4, UInt32.self) == checksum else { throw Self.refusal("its checksum is wrong") }
    guard block[8] == Self.version else {
      throw Self.refusal("it is of version \(block[8]); this program reads version \(Self.version)")
    }
    guard block[10] == 0, block[11] == 0 else { throw Self.refusal("bytes of its header that must be zero are not") }
    guard let form = BlockForm(rawValue: block[9]) else { throw Self.refusal("its form \(block[9]) is not known") }
    guard Int(Self.number(block, 12, UInt32.self)) == block.count - Self.size,
      let count = Int(exactly: Self.number(block, 24, UInt64.self))
    else { throw Self.refusal("its lengths do not fit together") }
    self.form = form
    self.count = count
    fingerprint = Self.number(block, 16, UInt64.self)
  }

  private static func number<Number: FixedWidthInteger>(
    _ block: UnsafeRawBufferPointer, _ offset: Int, _: Number.Type
  ) -> Number {
    Number(littleEndian: block.loadUnaligned(fromByteOffset: offset, as: Number.self))
  }

  private static func refusal(_ why: String) -> FlintError {
    FlintError(.corruptData, "these bytes are not a block of rows", why: why)
  }
}
