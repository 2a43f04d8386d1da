/// Gives every line to several handlers, one after another.
public struct MultiplexLogHandler: LogHandler {
  private let handlers: [any LogHandler]

  /// A handler in front of `handlers`.
  public init(_ handlers: [any LogHandler]) {
    self.handlers = handlers
  }

  /// Gives the line to each handler.
  public func log(_ event: LogEvent) {
    for handler in handlers { handler.log(event) }
  }
}
