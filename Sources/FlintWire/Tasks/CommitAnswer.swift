public import FlintCore

/// Whether a try at a task may commit its output.
public struct CommitAnswer: Hashable, Sendable {
  /// Which try.
  public var attempt: TaskAttempt
  /// Whether it, and no other, may commit.
  public var isAuthorised: Bool

  /// A message with these fields.
  public init(attempt: TaskAttempt, isAuthorised: Bool) {
    self.attempt = attempt
    self.isAuthorised = isAuthorised
  }
}

extension CommitAnswer: WireCodable {
  static var leastSize: Int { 25 }

  func encode(to writer: inout WireWriter) {
    writer.put(attempt)
    writer.put(isAuthorised)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(attempt: try reader.get(), isAuthorised: try reader.getFlag())
  }
}
