/// The settings of the log.
public struct LogKeys: ConfigurationKeys {
  /// What is written at all.
  public let level = ConfigurationKey("flint.log.level", default: LogLevel.info, "Lines below this level are dropped.")
  /// For whom.
  public let format = ConfigurationKey("flint.log.format", default: LogFormat.text, "How log lines are written.")

  /// The group.
  public init() {}
}
