public import FlintCore

/// An executor has stored a block that others may ask for.
public struct BlockStored: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Where it is.
  public var place: BlockPlace
  /// How long it is.
  public var byteCount: UInt64
  /// The try at a task that made it; nil when it was copied from another executor.
  public var attempt: TaskAttempt?

  /// A message with these fields.
  public init(block: BlockID, place: BlockPlace, byteCount: UInt64, attempt: TaskAttempt?) {
    self.block = block
    self.place = place
    self.byteCount = byteCount
    self.attempt = attempt
  }
}

extension BlockStored: WireCodable {
  static var leastSize: Int { 36 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(place)
    writer.put(byteCount)
    writer.put(attempt)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      block: try reader.get(), place: try reader.get(), byteCount: try reader.get(),
      attempt: try reader.getOptional())
  }
}
