public import FlintCore

/// Somebody fetches a part of a block.
public struct BlockRequest: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Where the part starts.
  public var offset: UInt64
  /// How long it is.
  public var length: UInt64

  /// A message with these fields.
  public init(block: BlockID, offset: UInt64, length: UInt64) {
    self.block = block
    self.offset = offset
    self.length = length
  }
}

extension BlockRequest: WireCodable {
  static var leastSize: Int { 29 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(offset)
    writer.put(length)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get(), offset: try reader.get(), length: try reader.get())
  }
}
