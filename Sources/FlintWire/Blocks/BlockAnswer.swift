public import FlintCore

/// Who has a block.
public struct BlockAnswer: Hashable, Sendable {
  /// Which block.
  public var block: BlockID
  /// Everybody who has it; nobody when it is lost.
  public var places: [BlockPlace]

  /// A message with these fields.
  public init(block: BlockID, places: [BlockPlace]) {
    self.block = block
    self.places = places
  }
}

extension BlockAnswer: WireCodable {
  static var leastSize: Int { 17 }

  func encode(to writer: inout WireWriter) {
    writer.put(block)
    writer.put(places)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(block: try reader.get(), places: try reader.getArray())
  }
}
