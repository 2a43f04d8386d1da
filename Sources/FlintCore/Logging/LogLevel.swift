/// How much a log line matters, from least to most.
public enum LogLevel: String, CaseIterable, Comparable, Hashable, Sendable, ConfigurationValue {
  /// Every step, for those who look for one mistake.
  case trace
  /// What helps to understand a run afterwards.
  case debug
  /// What happens in a run that goes well.
  case info
  /// What happens seldom and is no mistake.
  case notice
  /// What went wrong and was made good.
  case warning
  /// What went wrong and fails a job.
  case error
  /// What ends the process.
  case critical

  /// What matters less is less.
  @inlinable
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }

  @usableFromInline
  var rank: Int {
    switch self {
    case .trace: 0
    case .debug: 1
    case .info: 2
    case .notice: 3
    case .warning: 4
    case .error: 5
    case .critical: 6
    }
  }
}
