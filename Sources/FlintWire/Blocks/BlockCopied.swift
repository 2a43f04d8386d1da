public import FlintCore

/// Whether an executor keeps the copy that it was asked to keep.
public struct BlockCopied: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Whether it is kept.
  public var isKept: Bool

  /// A message with these fields.
  public init(block: BlockID, isKept: Bool) {
    self.block = block
    self.isKept = isKept
  }
}

extension BlockCopied: WireCodable {
  static var leastSize: Int { 14 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(isKept)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get(), isKept: try reader.getFlag())
  }
}
