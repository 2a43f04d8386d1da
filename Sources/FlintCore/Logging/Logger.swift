/// Writes log lines, shaped as in swift-log: a value with a label, a level and metadata, cheap to copy.
///
/// ```swift
/// var log = Logger(label: "driver.scheduler", handler: MemoryLogHandler())
/// log["job"] = "7"
/// log.info("stage submitted", ["stage": "3"])
/// ```
///
/// Of a line below the level neither the message nor the facts are built.
public struct Logger: Sendable {
  /// Who speaks.
  public var label: String
  /// Lines below this level are dropped.
  public var level: LogLevel
  /// The facts that every line of this logger carries.
  public var metadata: LogMetadata = [:]
  private let handler: any LogHandler

  /// A logger without metadata.
  public init(label: String, level: LogLevel = .info, handler: any LogHandler) {
    self.label = label
    self.level = level
    self.handler = handler
  }

  /// A logger with the level and the format of `configuration` (``LogKeys``), which writes to `sink`.
  public init(label: String, configuration: Configuration, time: any TimeSource, sink: @escaping LogSink) {
    self.init(
      label: label, level: configuration[LogKeys().level],
      handler: configuration.logHandler(time: time, sink: sink))
  }

  /// A fact that every line of this logger carries; nil takes it away.
  public subscript(name: String) -> String? {
    get { metadata[name] }
    set { metadata[name] = newValue }
  }

  /// Writes a line when `level` is on. `facts` come before the logger's own of the same name.
  @inlinable
  public func log(
    _ level: LogLevel, _ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]
  ) {
    guard level >= self.level else { return }
    write(level, message(), facts())
  }

  @usableFromInline
  func write(_ level: LogLevel, _ message: String, _ facts: LogMetadata) {
    handler.log(LogEvent(level: level, label: label, message: message, metadata: metadata.merging(facts)))
  }
}
