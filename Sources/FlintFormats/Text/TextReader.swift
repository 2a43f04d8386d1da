public import FlintColumns
public import FlintCore
public import FlintFiles
internal import Glibc

/// Reads the lines of a part of a text file, each as a row of the one column `value`; or the whole file as one row.
public actor TextReader: BatchReader {
  /// The one column.
  public nonisolated let schema: Schema
  private let split: FileSplit
  private let files: any FileSystem
  private let options: TextOptions
  private let feed: TextFeed
  private let memory: ColumnMemory
  private let batchRows: Int
  private let lineEnd: UInt8
  private var isOver = false

  /// The column that every text file has.
  public static let columns = Schema([Field("value", .string)])

  private init(
    _ split: FileSplit, _ options: TextOptions, _ files: any FileSystem, _ feed: TextFeed, _ lineEnd: UInt8,
    _ batchRows: Int, _ memory: ColumnMemory
  ) {
    schema = Self.columns
    (self.split, self.options, self.files, self.feed) = (split, options, files, feed)
    (self.lineEnd, self.batchRows, self.memory) = (lineEnd, batchRows, memory)
  }

  /// Opens a part of a file. Throws the errors of files, and `invalid-argument` for options that cannot be.
  public static func open(
    _ split: FileSplit, _ options: TextOptions = TextOptions(), _ files: any FileSystem, limits: Limits = Limits(),
    batchRows: Int = CSVScan.defaultBatchRows, memory: ColumnMemory
  ) async throws -> TextReader {
    let lineEnd: UInt8
    switch options.lineSep {
    case nil, "\n", "\r\n": lineEnd = UInt8(ascii: "\n")
    case "\r": lineEnd = UInt8(ascii: "\r")
    default:
      throw FlintError(
        .invalidArgument, "the option lineSep of texts cannot be '\(options.lineSep ?? "")'",
        why: "lines end with \\n, \\r or \\r\\n")
    }
    let feed = try await TextFeed(split, in: files, limit: limits.inputRow, lineEnd: lineEnd)
    return TextReader(split, options, files, feed, lineEnd, batchRows, memory)
  }

  /// The next batch, never an empty one; nil at the end. Throws `corrupt-data` with file, line and column for what is
  /// not UTF-8, and `too-large` for a row above `limits.inputRow`.
  public func next() async throws -> Batch? {
    while !isOver {
      if options.wholetext {
        guard feed.isAtEnd else {
          try await feed.fill()
          continue
        }
        isOver = true
        return try await batch([0..<feed.bytes.count], used: feed.bytes.count)
      }
      let (lines, used) = lines()
      if !lines.isEmpty { return try await batch(lines, used: used) }
      if feed.isAtEnd { return nil }
      try await feed.fill()
    }
    return nil
  }

  /// The whole lines that are there, without what ends them, and how many bytes they are.
  private func lines() -> (lines: [Range<Int>], used: Int) {
    var (lines, start): ([Range<Int>], Int) = ([], 0)
    guard let base = feed.bytes.baseAddress else { return ([], 0) }
    let count = feed.bytes.count
    while start < count, lines.count < batchRows {
      let found = memchr(base + start, Int32(lineEnd), count - start)
      guard let end = found.map({ UnsafeRawPointer($0) - base }) ?? (feed.isAtEnd ? count : nil) else { break }
      let hasReturn = found != nil && options.lineSep == nil || options.lineSep == "\r\n"
      let isShorter = hasReturn && end > start && feed.bytes[end - 1] == UInt8(ascii: "\r")
      lines.append(start..<(isShorter ? end - 1 : end))
      start = found == nil ? count : end + 1
    }
    return (lines, start)
  }

  private func batch(_ lines: [Range<Int>], used: Int) async throws -> Batch {
    let bytes = feed.bytes
    let builder = try TextBuilder(.string, capacity: lines.count, bytes: used, memory)
    for line in lines {
      let text = UnsafeRawBufferPointer(rebasing: bytes[line])
      if let base = text.baseAddress, !UTF8Check.passes(base.assumingMemoryBound(to: UInt8.self), text.count) {
        let place = await TextPlace.find(feed.position + Int64(line.lowerBound), in: split, files)
        throw FlintError(
          .corruptData, "\(place): the text is not UTF-8", remedy: "convert the file first, such as by iconv")
      }
      try builder.append(text)
    }
    feed.use(used)
    return Batch(schema, [try builder.finish()], length: lines.count)
  }
}
