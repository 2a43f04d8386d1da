/// The settings of queries. Of a session, SET changes them for all that come after it.
public struct QueryKeys: ConfigurationKeys {
  /// What an output with folders of its own replaces.
  public enum OverwriteMode: String, CaseIterable, Hashable, Sendable, ConfigurationValue {
    /// Everything.
    case `static`
    /// The folders for which it has rows.
    case dynamic
  }

  /// Whether what has no right result fails, or gives null.
  public let isANSI = ConfigurationKey(
    "flint.sql.ansi.enabled", default: true,
    "Whether overflow, division by zero and wrong casts are errors; else they wrap around or give null.")
  /// The time zone in which timestamps have dates and hours.
  public let zone = ConfigurationKey(
    "flint.sql.session.timeZone", default: "UTC", "The time zone in which timestamps have dates and hours.")
  /// Partitions behind an exchange.
  public let partitions = ConfigurationKey(
    "flint.sql.shuffle.partitions", default: 0, in: 0...100_000, unit: "partitions",
    "Partitions behind an exchange of rows; 0 for the session's default parallelism, or more for many rows.")
  /// Whether joins merge sorted sides where nobody knows a better way.
  public let prefersMergeJoin = ConfigurationKey(
    "flint.sql.join.preferSortMergeJoin", default: false,
    "Whether a join that exchanges both of its sides sorts and merges them; else it makes a table of one.")
  /// What an output with folders of its own replaces.
  public let overwriteMode = ConfigurationKey(
    "flint.sql.sources.partitionOverwriteMode", default: OverwriteMode.static,
    "Whether overwriting an output that is parted into folders removes all of it, or the folders with new rows only.")

  /// The group.
  public init() {}
}
