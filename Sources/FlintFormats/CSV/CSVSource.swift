internal import FlintColumns
internal import FlintCore
internal import FlintFiles

/// The records of a part of a separated text, block by block: behind its byte order mark and, in a file's first part,
/// its header.
final class CSVSource {
  let split: FileSplit
  let files: any FileSystem
  let rules: CSVRules
  let records: CSVRecords
  /// The names in the header; nil where there is none.
  private(set) var header: [String]?
  private let feed: TextFeed
  private let memory: ColumnMemory

  nonisolated(nonsending) init(
    _ split: FileSplit, _ rules: CSVRules, most: Int, _ files: any FileSystem, _ limits: Limits, _ memory: ColumnMemory
  ) async throws {
    self.split = split
    self.files = files
    self.rules = rules
    self.memory = memory
    records = try CSVRecords(rules, most: most, memory)
    feed = try await TextFeed(split, in: files, limit: limits.inputRow, lineEnd: rules.lineEnd)
    guard split.start == 0 else { return }
    try await skipMark()
    if rules.options.header { try await readHeader() }
  }

  /// The first of the bytes in which ``records`` stand.
  var bytes: UnsafePointer<UInt8> {
    guard let base = feed.bytes.baseAddress else { preconditionFailure("records have no bytes") }
    return base.assumingMemoryBound(to: UInt8.self)
  }

  /// Finds the next records, after ``use()`` of those before. False when there are none any more.
  nonisolated(nonsending) func find(width: Int?) async throws -> Bool {
    while true {
      do throws(CSVFault) { try records.find(in: feed.bytes, width: width) } catch { throw await self.error(error) }
      if let refused = records.refused, records.rowCount == 0 { throw await error(ragged(refused, width ?? 0)) }
      if records.rowCount > 0 { return true }
      if records.used > 0 {
        feed.use(records.used)
        continue
      }
      if feed.isAtEnd {
        guard !feed.bytes.isEmpty else { return false }
        try await end()
        continue
      }
      try await feed.fill()
    }
  }

  /// Forgets the records that were found.
  func use() { feed.use(records.used) }

  /// Whether all of the bytes of the records are UTF-8.
  var isUTF8: Bool { !records.hasHigh || UTF8Check.passes(bytes, records.used) }

  /// The text of a row's record, without what ends it.
  func record(_ row: Int, _ ragged: CSVRecords.Ragged?, width: Int) -> UnsafeBufferPointer<UInt8> {
    if let ragged { return UnsafeBufferPointer(start: bytes + ragged.start, count: ragged.count) }
    let cells = CSVCells(
      bytes: bytes, ends: records.ends, rows: records.rows, count: records.rowCount, column: 0, stripsReturn: false)
    let last = CSVCells(
      bytes: bytes, ends: records.ends, rows: records.rows, count: records.rowCount, column: width - 1,
      stripsReturn: rules.stripsReturn)
    let (start, end) = (cells.place(row).start, last.place(row))
    return UnsafeBufferPointer(start: bytes + start, count: end.start + end.count - start)
  }

  /// The error for a fault in the bytes that are there now.
  nonisolated(nonsending) func error(_ fault: CSVFault) async -> FlintError {
    if case .other(let error) = fault { return error }
    return fault.error(await TextPlace.find(feed.position + Int64(fault.start), in: split, files))
  }

  func ragged(_ record: CSVRecords.Ragged, _ width: Int) -> CSVFault {
    .record(record.start, "it has \(record.fields) fields in place of \(width)")
  }

  /// What is left has no end: it is ended, or was never to be.
  private nonisolated(nonsending) func end() async throws {
    let rest = feed.bytes
    let last = rest[rest.count - 1]
    guard last != rules.lineEnd else {
      throw await error(.record(0, "a quote in it is not closed before the end of the file"))
    }
    feed.append(rules.lineEnd)
  }

  private nonisolated(nonsending) func skipMark() async throws {
    while feed.bytes.count < 3, !feed.isAtEnd { try await feed.fill() }
    if feed.bytes.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) { return feed.use(3) }
    if feed.bytes.prefix(2).elementsEqual([0xFF, 0xFE]) || feed.bytes.prefix(2).elementsEqual([0xFE, 0xFF]) {
      throw FlintError(
        .corruptData, "\(split.path) is not UTF-8", why: "it begins with the mark of UTF-16",
        remedy: "convert the file first, such as by iconv")
    }
  }

  private nonisolated(nonsending) func readHeader() async throws {
    guard try await find(width: nil) else { return }
    let content = try CSVContent(rules, memory)
    var (names, column): ([String], Int) = ([], 0)
    while column < records.fieldCount(ofRow: 0) {
      let cells = CSVCells(
        bytes: bytes, ends: records.ends, rows: records.rows, count: 1, column: column, stripsReturn: rules.stripsReturn
      )
      let (start, count) = cells.place(0)
      switch try content.value(bytes + start, count, isText: true) {
      case .text(let text, let length):
        guard UTF8Check.passes(text, length) else { throw await error(.encoding(start)) }
        names.append(String(decoding: UnsafeBufferPointer(start: text, count: length), as: UTF8.self))
      case .broken(let why): throw await error(.field(start, why))
      case .null: names.append("")
      }
      column += 1
    }
    header = names
    feed.use(records.end(ofRow: 0))
  }
}
