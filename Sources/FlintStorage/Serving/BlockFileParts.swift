public import FlintCore

/// Bytes of a block in a file, one range behind another, and their checksum as it was when they were written.
public struct BlockFileParts: Sendable {
  /// The file. It is let go when it has been sent, and not closed before.
  public let file: any OpenFile
  /// Where in the file the bytes are.
  public let ranges: [Range<Int64>]
  /// The CRC-32C of all of them.
  public let checksum: UInt32
}
