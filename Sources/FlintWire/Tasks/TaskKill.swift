public import FlintCore

/// The driver wants a try at a task to end.
public struct TaskKill: Hashable, Sendable {
  /// Which try.
  public var attempt: TaskAttempt
  /// Why, for its log.
  public var reason: String

  /// A message with these fields.
  public init(attempt: TaskAttempt, reason: String) {
    self.attempt = attempt
    self.reason = reason
  }
}

extension TaskKill: WireCodable {
  static var leastSize: Int { 28 }

  func encode(to writer: inout WireWriter) {
    writer.put(attempt)
    writer.put(text: reason)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(attempt: try reader.get(), reason: try reader.getText(atMost: RemoteError.textLimit))
  }
}
