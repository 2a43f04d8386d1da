internal import FlintCore
internal import FlintFiles
internal import FlintLayout
internal import FlintTasks

/// Makes an array of strings of each line: what stands between separators.
final class FieldScanner: TextScanner {
  private let separator: UInt8
  /// The fields that are wanted, in rising order, each with its places in the row; nil for all.
  private let wanted: [FieldChoice]?
  private let width: Int
  private let rows = RowBatch<[String]>()
  private(set) var lineCount = 0

  init(separator: UInt8, columns: [Int]?) {
    self.separator = separator
    wanted = columns.map(FieldChoice.choices)
    width = columns?.count ?? 0
  }

  var batch: AnyRowBatch { rows }

  func clear() { rows.rows.removeAll(keepingCapacity: true) }

  func scan(_ bytes: UnsafeRawBufferPointer, isLast: Bool, limit: Int) throws -> Int {
    var position = 0
    while position < bytes.count, rows.rows.count < limit {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
      let end = TextScan.lineFeed(rest)
      if end == nil, !isLast { break }
      var count = end ?? rest.count
      if end != nil, count > 0, rest[count - 1] == UInt8(ascii: "\r") { count -= 1 }
      try scanLine(UnsafeRawBufferPointer(rebasing: rest[..<count]))
      lineCount += 1
      position += (end ?? rest.count - 1) + 1
    }
    return position
  }

  func scanLine(_ line: UnsafeRawBufferPointer) throws {
    guard let wanted else {
      rows.rows.append(all(line))
      return
    }
    var fields = [String](repeating: "", count: width)
    var (index, start) = (0, 0)
    for choice in wanted {
      while index < choice.column {
        guard let end = end(in: line, from: start) else { throw tooFew(line, index + 1, choice.column) }
        start = end + 1
        index += 1
      }
      let field = string(line, start, end(in: line, from: start) ?? line.count)
      for place in choice.places { fields[place] = field }
    }
    rows.rows.append(fields)
  }

  private func all(_ line: UnsafeRawBufferPointer) -> [String] {
    var fields: [String] = []
    fields.reserveCapacity(rows.rows.last?.count ?? 0)
    var start = 0
    while let end = end(in: line, from: start) {
      fields.append(string(line, start, end))
      start = end + 1
    }
    fields.append(string(line, start, line.count))
    return fields
  }

  @inline(__always)
  private func end(in line: UnsafeRawBufferPointer, from start: Int) -> Int? {
    TextScan.first(separator, in: UnsafeRawBufferPointer(rebasing: line[start...])).map { start + $0 }
  }

  @inline(__always)
  private func string(_ line: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> String {
    guard let base = line.baseAddress, start < end else { return "" }
    return TextBytes.string(base + start, count: end - start, readable: line.count - start + TextFeed.slack)
  }

  private func tooFew(_ line: UnsafeRawBufferPointer, _ count: Int, _ column: Int) -> FlintError {
    let text = String(decoding: line.prefix(120), as: UTF8.self)
    return FlintError(
      .corruptData, "a line has no field \(column)", why: "it has \(count): \(text)",
      remedy: "filter such lines out before, or take all fields and look at their count")
  }
}
