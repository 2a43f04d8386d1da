internal import CFlint

/// The 32 bytes before every frame's body.
///
/// | bytes | field |
/// |---|---|
/// | 0, 1 | magic, `FL` |
/// | 2 | version of the protocol |
/// | 3 | ``FrameKind`` |
/// | 4, 5 | number of the ``MessageKind``; 0 where the frame carries no message |
/// | 6, 7 | flags: none yet, zero |
/// | 8 … 11 | bytes of the body |
/// | 12 … 15 | the frame's number in its direction, from 0 |
/// | 16 … 23 | correlation: which request this is, or answers; otherwise 0 |
/// | 24 … 27 | CRC-32C of the body |
/// | 28 … 31 | CRC-32C of the bytes before |
public struct FrameHeader: Hashable, Sendable {
  /// How long it is.
  public static let size = 32
  /// The version of the protocol that this build speaks.
  public static let version: UInt8 = 1

  static let magic = UInt16(UInt8(ascii: "F")) | UInt16(UInt8(ascii: "L")) << 8

  /// What the frame is.
  public let kind: FrameKind
  /// The number of its message's kind, as it came; 0 for none.
  public let message: UInt16
  /// Bytes of the body.
  public let length: UInt32
  /// The frame's number in its direction.
  public let sequence: UInt32
  /// Which request it is, or answers.
  public let correlation: UInt64
  /// CRC-32C of the body.
  public let bodyChecksum: UInt32

  /// A header with these fields.
  public init(
    kind: FrameKind, message: UInt16, length: UInt32, sequence: UInt32, correlation: UInt64, bodyChecksum: UInt32
  ) {
    self.kind = kind
    self.message = message
    self.length = length
    self.sequence = sequence
    self.correlation = correlation
    self.bodyChecksum = bodyChecksum
  }

  /// The header in the first 32 bytes at `bytes`. The checks go from the least to the most that must be right for the
  /// field to mean something.
  @inline(__always)
  init(at bytes: UnsafeRawPointer) throws(FrameFault) {
    let first = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard UInt16(truncatingIfNeeded: first) == FrameHeader.magic else { throw .notAFrame }
    let version = UInt8(truncatingIfNeeded: first >> 16)
    guard version == FrameHeader.version else { throw .version(version) }
    let second = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let third = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    let last = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt32.self))
    let checksum = FrameHeader.checksum(first, second, third, last)
    guard UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 28, as: UInt32.self)) == checksum else {
      throw .headerChecksum
    }
    let number = UInt8(truncatingIfNeeded: first >> 24)
    guard let kind = FrameKind(rawValue: number), first >> 48 == 0 else { throw .unknownKind(number) }
    self.kind = kind
    message = UInt16(truncatingIfNeeded: first >> 32)
    length = UInt32(truncatingIfNeeded: second)
    sequence = UInt32(truncatingIfNeeded: second >> 32)
    correlation = third
    bodyChecksum = last
  }

  /// Writes the header, with its checksum, to 32 bytes at `place`.
  ///
  /// In words, and with the checksum from registers: to read eight bytes that were just written one by one takes a
  /// processor longer than everything else here.
  @inline(__always)
  func store(at place: UnsafeMutableRawPointer) {
    let first =
      UInt64(FrameHeader.magic) | UInt64(FrameHeader.version) << 16 | UInt64(kind.rawValue) << 24 | UInt64(message)
      << 32
    let second = UInt64(length) | UInt64(sequence) << 32
    let checksum = FrameHeader.checksum(first, second, correlation, bodyChecksum)
    place.storeBytes(of: first.littleEndian, as: UInt64.self)
    place.storeBytes(of: second.littleEndian, toByteOffset: 8, as: UInt64.self)
    place.storeBytes(of: correlation.littleEndian, toByteOffset: 16, as: UInt64.self)
    place.storeBytes(
      of: (UInt64(bodyChecksum) | UInt64(checksum) << 32).littleEndian, toByteOffset: 24, as: UInt64.self)
  }

  @inline(__always)
  private static func checksum(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ last: UInt32) -> UInt32 {
    flint_crc32c_words(first.littleEndian, second.littleEndian, third.littleEndian, last.littleEndian)
  }
}
