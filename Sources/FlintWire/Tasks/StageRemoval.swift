public import FlintCore

/// The driver will launch no more tasks of these stages.
public struct StageRemoval: Hashable, Sendable {
  /// Which stages.
  public var stages: [StageID]

  /// A message with these fields.
  public init(stages: [StageID]) {
    self.stages = stages
  }
}

extension StageRemoval: WireCodable {
  static var leastSize: Int { 4 }

  func encode(to writer: inout WireWriter) {
    writer.put(numbers: stages.map(\.rawValue))
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(stages: try reader.getNumbers().map { StageID(rawValue: $0) })
  }
}
