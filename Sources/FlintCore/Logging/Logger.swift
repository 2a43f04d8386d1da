/// Writes log lines, shaped as in swift-log: a value with a label, a level and metadata, cheap to copy.
///
/// ```swift
/// var log = Logger(label: "driver.scheduler", handler: handler)
/// log["job"] = "7"
/// log.info("stage submitted", ["stage": "3"])
/// ```
public struct Logger: Sendable {
  /// Who speaks.
  public let label: String
  /// Lines below this level are dropped, and their message is not even built.
  public var level: LogLevel
  private var metadata: LogMetadata = [:]
  private let handler: any LogHandler

  public init(label: String, level: LogLevel = .info, handler: any LogHandler) {
    self.label = label
    self.level = level
    self.handler = handler
  }

  /// A fact that every line of this logger carries.
  public subscript(name: String) -> String? {
    get { metadata[name] }
    set { metadata[name] = newValue }
  }

  public func log(_ level: LogLevel, _ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    guard level >= self.level else { return }
    let all = metadata.merging(facts()) { $1 }
    handler.log(LogEvent(level: level, label: label, message: message(), metadata: all))
  }
}
