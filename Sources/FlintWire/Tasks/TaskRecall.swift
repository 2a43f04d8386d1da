public import FlintCore

/// The driver wants the tries back that an executor has not begun: each of them ends as taken back.
public struct TaskRecall: Hashable, Sendable {
  /// Whose tries: another incarnation has none of them.
  public var executor: ExecutorIncarnation

  /// A message with these fields.
  public init(executor: ExecutorIncarnation) {
    self.executor = executor
  }
}

extension TaskRecall: WireCodable {
  static var leastSize: Int { 16 }

  func encode(to writer: inout WireWriter) { writer.put(executor) }

  init(from reader: inout WireReader) throws(WireFault) { self.init(executor: try reader.get()) }
}
