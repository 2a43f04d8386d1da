/// What a try at a task adds to one accumulator.
public struct AccumulatorReport: Hashable, Sendable {
  /// Which accumulator, as the driver numbers them.
  public var accumulator: UInt64
  /// What is added, as the accumulator's type wrote it.
  public var update: [UInt8]

  /// A message with these fields.
  public init(accumulator: UInt64, update: [UInt8]) {
    self.accumulator = accumulator
    self.update = update
  }
}

extension AccumulatorReport: WireCodable {
  static var leastSize: Int { 12 }

  func encode(to writer: inout WireWriter) {
    writer.put(accumulator)
    writer.put(bytes: update)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(accumulator: try reader.get(), update: try reader.getBytes())
  }
}
