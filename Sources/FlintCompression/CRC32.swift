internal import CZlib

/// The checksum of gzip, of which some formats make use without gzip. It finds accidents; blocks and messages of our own
/// have CRC-32C, which is faster.
public enum CRC32 {
  /// The checksum of some bytes, and of those before them whose checksum is `before`.
  public static func checksum(_ bytes: UnsafeRawBufferPointer, behind before: UInt32 = 0) -> UInt32 {
    guard let start = bytes.baseAddress else { return before }
    return UInt32(truncatingIfNeeded: crc32_z(UInt(before), start.assumingMemoryBound(to: UInt8.self), bytes.count))
  }
}
