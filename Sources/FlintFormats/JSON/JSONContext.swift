internal import FlintColumns
internal import FlintCore

/// What the columns of one reader share: options, patterns, memory for texts, and what was wrong with the current
/// record.
final class JSONContext {
  let options: JSONOptions
  let date: TimePattern?
  let timestamp: TimePattern?
  let lineEnds: (feed: Bool, carriage: Bool)
  var clocks: Clocks
  private let memory: ColumnMemory
  private var scratch: ColumnBuffer
  /// What in the current record is not of the wanted type, first.
  var fault: JSONFault?

  private static let front = 64

  init(_ options: JSONOptions, _ zone: ZoneRules, _ memory: ColumnMemory) throws(FlintError) {
    guard ["utf-8", "utf8", "us-ascii", "ascii"].contains(options.encoding.lowercased()) else {
      throw FlintError(
        .invalidArgument, "JSON in the encoding \(options.encoding) is neither read nor written", why: "only UTF-8 is",
        remedy: "convert the files first, such as by iconv")
    }
    switch options.lineSep {
    case nil, "\n", "\r\n": lineEnds = (true, false)
    case "\r": lineEnds = (false, true)
    default:
      throw FlintError(
        .invalidArgument, "JSON's option lineSep cannot be '\(options.lineSep ?? "")'",
        why: "lines end with \\n, \\r or \\r\\n")
    }
    self.options = options
    self.memory = memory
    date = try options.dateFormat.map { (pattern) throws(FlintError) in try TimePattern(pattern) }
    timestamp = try options.timestampFormat.map { (pattern) throws(FlintError) in try TimePattern(pattern) }
    clocks = Clocks(zone)
    scratch = try memory.buffer(4096)
  }

  /// The byte that ends a line.
  var lineEnd: UInt8 { lineEnds.feed ? UInt8(ascii: "\n") : UInt8(ascii: "\r") }

  /// What the bytes of a quoted text mean; good until the next call. Bytes before it may be read.
  func text(
    _ scanner: JSONScanner, _ text: (range: Range<Int>, hasEscapes: Bool)
  ) throws(JSONFault) -> UnsafeBufferPointer<UInt8> {
    let source = scanner.bytes + text.range.lowerBound
    guard text.hasEscapes else { return UnsafeBufferPointer(start: source, count: text.range.count) }
    if scratch.count < text.range.count + Self.front {
      do throws(FlintError) { scratch = try memory.buffer(2 * text.range.count + Self.front) } catch {
        throw .other(error)
      }
    }
    let target = scratch.pointer(to: UInt8.self) + Self.front
    let count = JSONText.unescape(source, text.range.count, to: target)
    return UnsafeBufferPointer(start: target, count: count)
  }

  /// Takes note that a value is not of the wanted type.
  func note(_ start: Int, _ why: @autoclosure () -> String) {
    if fault == nil { fault = .value(start, why()) }
  }
}
