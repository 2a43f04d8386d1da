public import FlintCore

/// The settings of what people see of an application.
public struct ReportKeys: ConfigurationKeys {
  /// How progress is shown.
  public enum Progress: String, CaseIterable, Hashable, Sendable, ConfigurationValue {
    /// On a terminal lines that are written over, elsewhere plain ones.
    case auto
    /// Plain lines.
    case lines
    /// Nothing.
    case off
  }

  /// Whether events are logged.
  public let eventLog = ConfigurationKey(
    "flint.eventLog.enabled", default: true, "Whether what happens is written down, a line of JSON each.")
  /// Where events are logged.
  public let eventFolder = ConfigurationKey(
    "flint.eventLog.dir", default: "./flint-events", "The folder of event logs, one file an application.")
  /// Where the summary is written.
  public let summaryPath = ConfigurationKey(
    "flint.summary.path", default: "", "A file for the summary at the end, as JSON; none where empty.")
  /// How progress is shown.
  public let progress = ConfigurationKey(
    "flint.progress", default: Progress.auto, "How the progress of stages is shown on standard error.")

  /// The group.
  public init() {}
}
