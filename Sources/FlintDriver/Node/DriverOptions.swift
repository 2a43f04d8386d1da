public import FlintCore
public import FlintScheduling

/// What a driver's node is told of its application's settings.
public struct DriverOptions: Sendable {
  /// How progress is shown.
  public enum Progress: Hashable, Sendable {
    /// Not at all.
    case none
    /// A line that says what has changed, now and then.
    case lines
    /// Lines on a terminal that are written over.
    case terminal
  }

  /// The application's name.
  public var name: String
  /// Where the event log is written; nil when it is not.
  public var eventFolder: FilePath?
  /// Where the summary is written as JSON; nil when it is not.
  public var summaryPath: FilePath?
  /// How progress is shown.
  public var progress = Progress.none
  /// Where progress is shown.
  public var progressSink: LogSink = { _ in }
  /// Gets every line of the event log at the moment at which it is written; nil when nobody listens.
  package var eventObserver: (@Sendable ([UInt8]) -> Void)?
  /// Whether slow tasks get a second try beside the first.
  public var speculates = false
  /// How jobs share the executors.
  public var pools = SchedulingPools()

  /// The options of the application `name`, with nothing to be seen of it.
  public init(name: String) {
    self.name = name
  }
}
