internal import FlintCore
internal import FlintFiles
internal import FlintTasks

/// The rows of a part of a text file.
final class TextStream: RowStream {
  private let feed: TextFeed
  private let context: any TaskContext
  private var scanner: any TextScanner

  init(_ feed: TextFeed, _ scanner: any TextScanner, _ context: any TaskContext) {
    self.feed = feed
    self.scanner = scanner
    self.context = context
  }

  /// Makes rows of another kind of the same text. Before the first batch only.
  func scan(with scanner: any TextScanner) {
    self.scanner = scanner
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    scanner.clear()
    let lines = scanner.lineCount
    defer {
      let count = scanner.lineCount - lines
      context.counters.count { $0.rowsRead += UInt64(count) }
    }
    while true {
      let used = try scanner.scan(feed.bytes, isLast: feed.isAtEnd, limit: context.limits.rowsPerBatch)
      feed.use(used)
      if scanner.batch.count > 0 { return scanner.batch }
      if feed.isAtEnd { return nil }
      try await feed.fill()
    }
  }
}
