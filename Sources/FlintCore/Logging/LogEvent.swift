/// One line of a log before it becomes text. It has no time: the handler that writes it asks its clock.
public struct LogEvent: Hashable, Sendable {
  /// How much the line matters.
  public let level: LogLevel
  /// Who speaks, for example `driver.scheduler`.
  public let label: String
  /// What is said.
  public let message: String
  /// Facts beside the message.
  public let metadata: LogMetadata

  /// A line of a log.
  public init(level: LogLevel, label: String, message: String, metadata: LogMetadata = [:]) {
    self.level = level
    self.label = label
    self.message = message
    self.metadata = metadata
  }
}
