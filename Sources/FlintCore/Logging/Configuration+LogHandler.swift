extension Configuration {
  /// What writes lines in the format of these settings (``LogKeys``) to `sink`.
  public func logHandler(time: any TimeSource, sink: @escaping LogSink) -> any LogHandler {
    switch self[LogKeys().format] {
    case .text: TextLogHandler(time: time, sink: sink)
    case .json: JSONLogHandler(time: time, sink: sink)
    }
  }
}
