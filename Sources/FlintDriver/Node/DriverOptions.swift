public import FlintCore
public import FlintScheduling

/// What a driver's node is told of its application's settings.
public struct DriverOptions: Sendable {
  /// How progress is shown.
  public enum Progress: Sendable {
    /// Not at all.
    case none
    /// Now and then a line for each stage, where lines are not written over.
    case lines(LogSink)
    /// A line for each stage in place of those that were given before.
    case terminal(@Sendable ([String]) -> Void)
  }

  /// The application's name.
  public var name: String
  /// The settings that are no defaults, for the event log.
  public var settings: [(name: String, text: String)] = []
  /// The system's number of the driver's process; nil where it has none.
  public var process: Int32?
  /// Where the event log is written; nil when it is not.
  public var eventFolder: FilePath?
  /// Where the summary is written as JSON; nil when it is not.
  public var summaryPath: FilePath?
  /// How progress is shown.
  public var progress = Progress.none
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
