internal import FlintCore

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
  init(at bytes: UnsafeRawPointer) throws(FrameFault) {
    guard UInt16(littleEndian: bytes.loadUnaligned(as: UInt16.self)) == FrameHeader.magic else { throw .notAFrame }
    let version = bytes.load(fromByteOffset: 2, as: UInt8.self)
    guard version == FrameHeader.version else { throw .version(version) }
    let checksum = CRC32C.checksum(UnsafeRawBufferPointer(start: bytes, count: 28))
    guard UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 28, as: UInt32.self)) == checksum else {
      throw .headerChecksum
    }
    let number = bytes.load(fromByteOffset: 3, as: UInt8.self)
    guard let kind = FrameKind(rawValue: number), bytes.loadUnaligned(fromByteOffset: 6, as: UInt16.self) == 0 else {
      throw .unknownKind(number)
    }
    self.kind = kind
    message = UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self))
    length = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    sequence = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
    correlation = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
    bodyChecksum = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt32.self))
  }

  /// Writes the header, with its checksum, to 32 bytes at `place`.
  func store(at place: UnsafeMutableRawPointer) {
    place.storeBytes(of: FrameHeader.magic.littleEndian, as: UInt16.self)
    place.storeBytes(of: FrameHeader.version, toByteOffset: 2, as: UInt8.self)
    place.storeBytes(of: kind.rawValue, toByteOffset: 3, as: UInt8.self)
    place.storeBytes(of: message.littleEndian, toByteOffset: 4, as: UInt16.self)
    place.storeBytes(of: 0, toByteOffset: 6, as: UInt16.self)
    place.storeBytes(of: length.littleEndian, toByteOffset: 8, as: UInt32.self)
    place.storeBytes(of: sequence.littleEndian, toByteOffset: 12, as: UInt32.self)
    place.storeBytes(of: correlation.littleEndian, toByteOffset: 16, as: UInt64.self)
    place.storeBytes(of: bodyChecksum.littleEndian, toByteOffset: 24, as: UInt32.self)
    let checksum = CRC32C.checksum(UnsafeRawBufferPointer(start: place, count: 28))
    place.storeBytes(of: checksum.littleEndian, toByteOffset: 28, as: UInt32.self)
  }
}
