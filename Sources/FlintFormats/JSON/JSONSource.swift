internal import FlintCore
internal import FlintFiles
internal import Glibc

/// The records of a part of a JSON file: a value of each line, or one value after another.
final class JSONSource {
  /// What was found.
  enum Step {
    /// Records in these ranges of ``bytes``, and where the next ones begin.
    case records([Range<Int>], next: Int)
    /// What is no record, and where the next ones begin.
    case malformed(Range<Int>, JSONFault, next: Int)
    /// More bytes are needed to say.
    case more
    case end
  }

  /// Where the next byte stands, when a file may be one array.
  private enum Place { case outside, opened, expecting, behind }

  let split: FileSplit
  private let files: any FileSystem
  private let options: JSONOptions
  private let feed: TextFeed
  private let lineEnd: UInt8
  private var place = Place.outside
  private var isBroken = false

  nonisolated(nonsending) init(
    _ split: FileSplit, _ context: JSONContext, _ files: any FileSystem, _ limits: Limits
  ) async throws {
    self.split = split
    self.files = files
    options = context.options
    lineEnd = context.lineEnd
    feed = try await TextFeed(split, in: files, limit: limits.inputRow, lineEnd: lineEnd)
    guard split.start == 0 else { return }
    while feed.bytes.count < 3, !feed.isAtEnd { try await feed.fill() }
    if feed.bytes.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF]) { feed.use(3) }
  }

  /// The bytes in which records stand. They move when ``fill()`` is called.
  var bytes: UnsafePointer<UInt8> {
    guard let base = feed.bytes.baseAddress else { preconditionFailure("records have no bytes") }
    return base.assumingMemoryBound(to: UInt8.self)
  }

  func use(_ count: Int) { feed.use(count) }
  nonisolated(nonsending) func fill() async throws { try await feed.fill() }

  /// The error for a fault in the bytes that are there now.
  nonisolated(nonsending) func error(_ fault: JSONFault) async -> FlintError {
    if case .other(let error) = fault { return error }
    return fault.error(await TextPlace.find(feed.position + Int64(fault.start), in: split, files))
  }

  /// Finds the next records.
  func step() -> Step {
    guard !isBroken, !(feed.isAtEnd && feed.bytes.isEmpty && place == .outside) else { return .end }
    guard !feed.bytes.isEmpty || feed.isAtEnd else { return .more }
    return options.multiLine ? value() : line()
  }

  private func line() -> Step {
    let count = feed.bytes.count
    let found = memchr(bytes, Int32(lineEnd), count).map { $0 - UnsafeMutableRawPointer(mutating: bytes) }
    guard found != nil || feed.isAtEnd else { return .more }
    var end = found ?? count
    let next = found.map { $0 + 1 } ?? count
    if options.lineSep != "\n", end > 0, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    var scanner = JSONScanner(bytes, 0..<end, isLast: true, options)
    do throws(JSONFault) {
      guard try scanner.next() != nil else { return .records([], next: next) }
      let start = scanner.place
      guard UTF8Check.passes(bytes, end) else { throw .encoding(start) }
      let records = try self.records(&scanner)
      guard try scanner.next() == nil else { throw scanner.wrong("the end of the line") }
      return .records(records, next: next)
    } catch {
      return .malformed(0..<end, error, next: next)
    }
  }

  /// An object, or the objects of an array.
  private func records(_ scanner: inout JSONScanner) throws(JSONFault) -> [Range<Int>] {
    guard try scanner.takes("[") else { return [try record(&scanner)] }
    if try scanner.takes("]") { return [] }
    var records: [Range<Int>] = []
    repeat { records.append(try record(&scanner)) } while try scanner.goesOn(until: "]")
    return records
  }

  private func record(_ scanner: inout JSONScanner) throws(JSONFault) -> Range<Int> {
    let isObject = try scanner.demand() == UInt8(ascii: "{")
    let start = scanner.place
    try scanner.skip()
    guard isObject else { throw .syntax(start, "a record is an object, which begins with {") }
    return start..<scanner.place
  }

  private func value() -> Step {
    let entry = place
    let count = feed.bytes.count
    var scanner = JSONScanner(bytes, 0..<count, isLast: feed.isAtEnd, options)
    do throws(JSONFault) {
      while let byte = try scanner.next() {
        switch (place, byte) {
        case (.outside, UInt8(ascii: "[")):
          scanner.place += 1
          place = .opened
        case (.opened, UInt8(ascii: "]")):
          scanner.place += 1
          place = .outside
        case (.behind, _): place = try scanner.goesOn(until: "]") ? .expecting : .outside
        case (.outside, _), (.opened, _), (.expecting, _):
          let record = try record(&scanner)
          guard UTF8Check.passes(bytes + record.lowerBound, record.count) else { throw .encoding(record.lowerBound) }
          place = place == .outside ? .outside : .behind
          return .records([record], next: record.upperBound)
        }
      }
      guard feed.isAtEnd, place == .outside else { throw .truncated }
      return .records([], next: count)
    } catch {
      if case .truncated = error, !feed.isAtEnd {
        place = entry
        return .more
      }
      // Nobody can tell where the next record would begin.
      isBroken = true
      return .malformed(0..<count, error, next: count)
    }
  }
}
