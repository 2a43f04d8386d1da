internal import FlintFiles
internal import FlintLayout
internal import FlintTasks

/// Makes a string of each line.
final class LineScanner: TextScanner {
  private let ending: LineEnding
  private let rows = RowBatch<String>()
  private(set) var lineCount = 0

  init(_ ending: LineEnding) {
    self.ending = ending
  }

  var batch: AnyRowBatch { rows }

  func clear() { rows.rows.removeAll(keepingCapacity: true) }

  func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int) throws -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var lines = rows.rows
    rows.rows = []
    var position = 0
    while position < bytes.count, lines.count < limit {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      let end = TextScan.lineFeed(rest)
      if end == nil, !isLast { break }
      var count = end ?? rest.count
      if ending == .any, end != nil, count > 0, rest[count - 1] == UInt8(ascii: "\r") { count -= 1 }
      lines.append(
        TextBytes.string(base + position, count: count, readable: rest.count + TextFeed.slack))
      lineCount += 1
      position += (end ?? rest.count - 1) + 1
    }
    rows.rows = lines
    return position
  }

  func scanLine(_ line: UnsafeRawBufferPointer) throws {
    rows.rows.append(String(decoding: line, as: UTF8.self))
  }
}
