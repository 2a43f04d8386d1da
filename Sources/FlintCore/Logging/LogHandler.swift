/// Where log lines go. Called from any thread; it neither waits nor fails.
public protocol LogHandler: Sendable {
  /// Takes one line. The logger has already dropped those below its level.
  func log(_ event: LogEvent)
}
