public import FlintCore

/// What follows behind the answer to a ``BlockRequest``: that part of that block, with its checksum.
public struct BlockHeader: Hashable, Sendable {
  /// Which block; not the one that was asked for is not used.
  public var block: BlockID
  /// Where the part starts.
  public var offset: UInt64
  /// How long it is.
  public var length: UInt64
  /// CRC-32C of the part.
  public var checksum: UInt32

  /// A message with these fields.
  public init(block: BlockID, offset: UInt64, length: UInt64, checksum: UInt32) {
    self.block = block
    self.offset = offset
    self.length = length
    self.checksum = checksum
  }
}

extension BlockHeader: WireCodable {
  static var leastSize: Int { 33 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(offset)
    writer.put(length)
    writer.put(checksum)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get(), offset: try reader.get(), length: try reader.get(), checksum: try reader.get())
  }
}
