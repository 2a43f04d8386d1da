/// A number of bytes. Sizes are written as people write them: `512m`, `2g`, `64k`, in powers of 1,024.
public struct ByteCount: Hashable, Comparable, Sendable {
  /// The number itself.
  public let bytes: Int64

  /// `bytes` bytes.
  public init(_ bytes: Int64) {
    self.bytes = bytes
  }

  // A product that 64 bits do not hold ends the program; a shift would lose it without a word.

  /// `count` times 1,024 bytes.
  public static func kibibytes(_ count: Int64) -> ByteCount { ByteCount(count * (1 << 10)) }
  /// `count` times 1,024² bytes.
  public static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(count * (1 << 20)) }
  /// `count` times 1,024³ bytes.
  public static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(count * (1 << 30)) }

  /// By number.
  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}
