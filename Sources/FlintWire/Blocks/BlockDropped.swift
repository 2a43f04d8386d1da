public import FlintCore

/// An executor no longer has a block.
public struct BlockDropped: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Who had it.
  public var executor: ExecutorIncarnation

  /// A message with these fields.
  public init(block: BlockID, executor: ExecutorIncarnation) {
    self.block = block
    self.executor = executor
  }
}

extension BlockDropped: WireCodable {
  static var leastSize: Int { 29 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(executor)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get(), executor: try reader.get())
  }
}
