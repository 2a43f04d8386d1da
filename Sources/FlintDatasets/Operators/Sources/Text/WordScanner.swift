internal import FlintLayout
internal import FlintTasks

/// Makes a string of each run of bytes between white space.
final class WordScanner: TextScanner {
  private let rows = RowBatch<String>()
  private(set) var lineCount = 0
  /// Whether bytes stand behind the last line's end.
  private var isInLine = false

  var batch: AnyRowBatch { rows }

  func clear() { rows.rows.removeAll(keepingCapacity: true) }

  func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int) throws -> Int {
    var words = rows.rows
    rows.rows = []
    let position = scan(bytes, isLast: isLast, limit: limit, into: &words)
    rows.rows = words
    if isLast, position == bytes.count, isInLine {
      isInLine = false
      lineCount += 1
    }
    return position
  }

  func scanLine(_ line: UnsafeRawBufferPointer) throws { _ = try scan(line, isLast: true, limit: .max) }

  @inline(__always)
  private func scan(
    _ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int, into words: inout [String]
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var (position, lines, isInLine) = (0, 0, isInLine)
    while position < bytes.count, words.count < limit {
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
      words.append(
        TextBytes.string(
          base + position, count: end &- position, readable: bytes.count &- position &+ TextFeed.slack))
      isInLine = true
      position = end
    }
    lineCount += lines
    self.isInLine = isInLine
    return position
  }
}
