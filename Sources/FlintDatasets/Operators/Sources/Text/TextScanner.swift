internal import FlintTasks

/// Makes rows of text. One for each stream; bytes come to it in pieces.
protocol TextScanner: AnyObject {
  /// The rows that were made since ``clear()``.
  var batch: AnyRowBatch { get }
  /// The lines that were ended so far.
  var lineCount: Int { get }

  /// Forgets the rows, not the count of lines.
  func clear()

  /// Takes whole rows off the front of `bytes`, until there are `limit` of them, and returns how many bytes they were.
  /// ``TextFeed/slack`` bytes behind `bytes` may be read. With `isLast` nothing follows, so the rest is a row too.
  func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int) throws -> Int

  /// Makes the rows of one line, whose end is no part of it.
  func scanLine(_ line: UnsafeRawBufferPointer) throws
}
