import FlintCore

/// Hands the warnings of a log to a test as they come.
struct StreamedLog: LogHandler {
  let warnings: AsyncStream<String>
  private let inbox: AsyncStream<String>.Continuation

  init() {
    (warnings, inbox) = AsyncStream.makeStream()
  }

  func log(_ event: LogEvent) {
    if event.level == .warning { inbox.yield(event.message) }
  }
}
