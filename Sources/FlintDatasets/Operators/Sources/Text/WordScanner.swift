internal import FlintFiles
internal import FlintLayout
internal import FlintTasks

/// Makes a string of each run of bytes between white space.
final class WordScanner: TextScanner {
  private let rows = RowBatch<String>()
  /// How many of the rows are this batch's; those behind are overwritten, which costs less than to empty the array.
  private var made = 0
  private(set) var lineCount = 0
  /// Whether bytes stand behind the last line's end.
  private var isInLine = false

  var batch: AnyRowBatch {
    if rows.rows.count > made { rows.rows.removeLast(rows.rows.count - made) }
    return rows
  }

  func clear() { made = 0 }

  func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int) throws -> Int {
    var words = rows.rows
    rows.rows = []
    var position = words.withUnsafeMutableBufferPointer { words in
      scan(bytes, from: 0, isLast: isLast, limit: min(limit, words.count)) { words[$0] = $1 }
    }
    if made == words.count, made < limit {
      position = scan(bytes, from: position, isLast: isLast, limit: limit) { words.append($1) }
    }
    rows.rows = words
    if isLast, position == bytes.count, isInLine {
      isInLine = false
      lineCount += 1
    }
    return position
  }

  func scanLine(_ line: UnsafeRawBufferPointer) throws { _ = try scan(line, isLast: true, limit: .max) }

  /// Gives words to `put`, with their places in the batch.
  @inline(__always)
  private func scan(
    _ bytes: UnsafeRawBufferPointer, from start: Int, isLast: Bool, limit: Int, put: (Int, String) -> Void
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var (position, made, lines, isInLine) = (start, made, 0, isInLine)
    while position < bytes.count, made < limit {
      let byte = base.load(fromByteOffset: position, as: UInt8.self)
      if TextScan.isSpace(byte) {
        isInLine = byte != UInt8(ascii: "\n")
        lines &+= isInLine ? 0 : 1
        position &+= 1
        continue
      }
      let end = TextScan.wordEnd(base, position, bytes.count)
      // The word may go on in the bytes that follow.
      if end == bytes.count, !isLast { break }
      let readable = bytes.count &- position &+ TextFeed.slack
      put(made, TextBytes.string(base + position, count: end &- position, readable: readable))
      made &+= 1
      isInLine = true
      position = end
    }
    self.made = made
    lineCount += lines
    self.isInLine = isInLine
    return position
  }
}
