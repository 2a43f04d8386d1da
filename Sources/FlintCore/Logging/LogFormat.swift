/// How a log is written.
public enum LogFormat: String, CaseIterable, ConfigurationValue {
  /// Lines for people; see ``TextLogHandler``.
  case text
  /// One JSON object a line, for programs; see ``JSONLogHandler``.
  case json
}
