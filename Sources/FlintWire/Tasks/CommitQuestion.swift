public import FlintCore

/// A try at a task asks whether it may commit its output.
public struct CommitQuestion: Hashable, Sendable {
  /// Which try.
  public var attempt: TaskAttempt
  /// Who runs it.
  public var executor: ExecutorIncarnation

  /// A message with these fields.
  public init(attempt: TaskAttempt, executor: ExecutorIncarnation) {
    self.attempt = attempt
    self.executor = executor
  }
}

extension CommitQuestion: WireCodable {
  static var leastSize: Int { 40 }

  func encode(to writer: inout WireWriter) {
    writer.put(attempt)
    writer.put(executor)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(attempt: try reader.get(), executor: try reader.get())
  }
}
