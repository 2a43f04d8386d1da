public import FlintCore

/// An executor shall keep a copy of a block that another one has.
public struct BlockCopy: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Who has it.
  public var source: BlockPlace
  /// The try at a task that made it.
  public var attempt: TaskAttempt
  /// Whether the copy may be kept in memory.
  public var usesMemory: Bool
  /// Whether the copy may be kept on disk.
  public var usesDisk: Bool

  /// A message with these fields.
  public init(block: BlockID, source: BlockPlace, attempt: TaskAttempt, usesMemory: Bool, usesDisk: Bool) {
    self.block = block
    self.source = source
    self.attempt = attempt
    self.usesMemory = usesMemory
    self.usesDisk = usesDisk
  }
}

extension BlockCopy: WireCodable {
  static var leastSize: Int { 53 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(source)
    writer.put(attempt)
    writer.put(usesMemory)
    writer.put(usesDisk)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      block: try reader.get(), source: try reader.get(), attempt: try reader.get(), usesMemory: try reader.getFlag(),
      usesDisk: try reader.getFlag())
  }
}
