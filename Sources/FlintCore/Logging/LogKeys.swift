/// The settings of the log.
public struct LogKeys: ConfigurationKeys {
  public let level = ConfigurationKey("flint.log.level", default: LogLevel.info, "Lines below this level are dropped.")
  public let format = ConfigurationKey("flint.log.format", default: LogFormat.text, "How log lines are written.")

  public init() {}
}
