public import FlintCore

/// The driver needs this executor no longer.
public struct ExecutorStop: Hashable, Sendable {
  /// Which one is meant.
  public var executor: ExecutorIncarnation

  /// A message with these fields.
  public init(executor: ExecutorIncarnation) {
    self.executor = executor
  }
}

extension ExecutorStop: WireCodable {
  static var leastSize: Int { 16 }

  func encode(to writer: inout WireWriter) {
    writer.put(executor)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(executor: try reader.get())
  }
}
