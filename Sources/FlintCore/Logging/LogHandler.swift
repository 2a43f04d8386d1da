/// Where log lines go. Called from any thread.
public protocol LogHandler: Sendable {
  func log(_ event: LogEvent)
}

/// One line of a log before it becomes text.
public struct LogEvent: Sendable {
  public let level: LogLevel
  /// Who speaks, for example `driver.scheduler`.
  public let label: String
  public let message: String
  /// Facts beside the message, in the order in which they are shown.
  public let metadata: LogMetadata
}
