public import FlintCore

/// Somebody asks who has a block.
public struct BlockQuestion: Hashable, Sendable {
  /// Which block.
  public var block: BlockID

  /// A message with these fields.
  public init(block: BlockID) {
    self.block = block
  }
}

extension BlockQuestion: WireCodable {
  static var leastSize: Int { 13 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get())
  }
}
