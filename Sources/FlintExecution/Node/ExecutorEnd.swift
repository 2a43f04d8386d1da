public import FlintCore

/// Why an executor has ended, or must.
public enum ExecutorEnd: Sendable, CustomStringConvertible {
  /// The driver needed it no longer.
  case stopped
  /// The driver does not take it.
  case refused(FlintError)
  /// The driver is gone, or says nothing.
  case driverLost(FlintError)
  /// A task that was told to end went on. Its thread cannot be had back, so the process has to go.
  case stuck(TaskAttempt, reason: String)

  /// Such as `the driver needs it no longer`.
  public var description: String {
    switch self {
    case .stopped: "the driver needs it no longer"
    case .refused(let error): "the driver refused it: \(error)"
    case .driverLost(let error): "the driver is gone: \(error)"
    case .stuck(let attempt, let reason): "\(attempt) was told to end (\(reason)) and goes on"
    }
  }
}
