/// A number of bytes. Sizes are written as people write them: `512m`, `2g`, `64k`, in powers of 1,024.
public struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let bytes: Int64

  public init(_ bytes: Int64) {
    self.bytes = bytes
  }

  public static func kibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 10) }
  public static func mebibytes(_ count: Int64) -> ByteCount { ByteCount(count << 20) }
  public static func gibibytes(_ count: Int64) -> ByteCount { ByteCount(count << 30) }

  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }

  public var description: String { "\(bytes) B" }
}
