public import FlintCore

/// What became of a try at a task. The executor repeats it until the driver has noted it.
public struct StatusUpdate: Hashable, Sendable {
  /// Which try.
  public var attempt: TaskAttempt
  /// Who ran it.
  public var executor: ExecutorIncarnation
  /// What became of it.
  public var status: TaskStatus

  /// A message with these fields.
  public init(attempt: TaskAttempt, executor: ExecutorIncarnation, status: TaskStatus) {
    self.attempt = attempt
    self.executor = executor
    self.status = status
  }
}

extension StatusUpdate: WireCodable {
  static var leastSize: Int { 41 }

  func encode(to writer: inout WireWriter) {
    writer.put(attempt)
    writer.put(executor)
    writer.put(status)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(attempt: try reader.get(), executor: try reader.get(), status: try reader.get())
  }
}
