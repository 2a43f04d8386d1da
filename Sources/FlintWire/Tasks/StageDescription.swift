public import FlintCore

/// What all tasks of a stage compute. An executor gets it before the first task of the stage, on the same connection.
public struct StageDescription: Hashable, Sendable {
  /// Which stage. Each of its attempts computes the same.
  public var stage: StageID
  /// The shipped work.
  public var program: [UInt8]

  /// A message with these fields.
  public init(stage: StageID, program: [UInt8]) {
    self.stage = stage
    self.program = program
  }
}

extension StageDescription: WireCodable {
  static var leastSize: Int { 12 }

  func encode(to writer: inout WireWriter) {
    writer.put(stage)
    writer.put(bytes: program)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(stage: try reader.getID(), program: try reader.getBytes())
  }
}
