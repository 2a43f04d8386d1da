internal import CFlint

/// The checksum of blocks, frames and files: CRC-32C (Castagnoli), on the processor's own instructions where it has them.
///
/// ```swift
/// var checksum = CRC32C()
/// checksum.update(Array("header".utf8))
/// checksum.update(Array("body".utf8))
/// print(checksum.value)
/// ```
public struct CRC32C: Hashable, Sendable {
  /// The checksum of all bytes so far; 0 for none.
  public private(set) var value: UInt32

  /// The checksum of nothing, or of bytes whose checksum `value` was.
  public init(continuing value: UInt32 = 0) {
    self.value = value
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    value = flint_crc32c(value, bytes.baseAddress, bytes.count)
  }

  /// Takes in more bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// The checksum of `bytes`.
  public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    flint_crc32c(0, bytes.baseAddress, bytes.count)
  }

  /// The checksum of `bytes`.
  public static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes { checksum($0) }
  }
}
