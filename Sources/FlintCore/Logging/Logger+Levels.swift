extension Logger {
  /// Writes a line of level LogLevel/trace.
  @inlinable
  public func trace(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.trace, message(), facts())
  }

  /// Writes a line of level LogLevel/debug.
  @inlinable
  public func debug(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.debug, message(), facts())
  }

  /// Writes a line of level LogLevel/info.
  @inlinable
  public func info(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.info, message(), facts())
  }

  /// Writes a line of level LogLevel/notice.
  @inlinable
  public func notice(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.notice, message(), facts())
  }

  /// Writes a line of level LogLevel/warning.
  @inlinable
  public func warning(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.warning, message(), facts())
  }

  /// Writes a line of level LogLevel/error.
  @inlinable
  public func error(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.error, message(), facts())
  }

  /// Writes a line of level LogLevel/critical.
  @inlinable
  public func critical(_ message: @autoclosure () -> String, _ facts: @autoclosure () -> LogMetadata = [:]) {
    log(.critical, message(), facts())
  }
}
