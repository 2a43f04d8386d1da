public import FlintCore

/// The driver needs these blocks no longer.
public struct BlockRemoval: Hashable, Sendable {
  /// Which blocks.
  public var blocks: [BlockID]

  /// A message with these fields.
  public init(blocks: [BlockID]) {
    self.blocks = blocks
  }
}

extension BlockRemoval: WireCodable {
  static var leastSize: Int { 4 }

  func encode(to writer: inout WireWriter) {
    writer.put(blocks)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(blocks: try reader.getArray())
  }
}
