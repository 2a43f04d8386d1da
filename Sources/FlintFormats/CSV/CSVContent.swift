internal import FlintColumns
internal import FlintCore
internal import Glibc

/// What fields say, without quotes and blanks around it.
final class CSVContent {
  enum Value {
    /// There is none.
    case null
    case text(UnsafePointer<UInt8>, Int)
    case broken(String)
  }

  private let rules: CSVRules
  private let memory: ColumnMemory
  private let nullCount: Int
  private let emptyCount: Int
  /// What stands for null, and what for an empty text, behind bytes that may be read.
  private let words: ColumnBuffer
  /// A field without its doubled quotes and escapes, behind bytes that may be read.
  private var scratch: ColumnBuffer
  private static let front = 64

  init(_ rules: CSVRules, _ memory: ColumnMemory) throws(FlintError) {
    self.rules = rules
    self.memory = memory
    nullCount = rules.null.count
    emptyCount = rules.empty.count
    words = try memory.buffer(Self.front + nullCount + emptyCount)
    let bytes = words.pointer(to: UInt8.self) + Self.front
    for (index, byte) in (rules.null + rules.empty).enumerated() { bytes[index] = byte }
    scratch = try memory.buffer(1024)
  }

  /// The content of a field. What it points to is valid until the next call, and bytes before it may be read.
  func value(_ start: UnsafePointer<UInt8>, _ count: Int, isText: Bool) throws(FlintError) -> Value {
    guard count >= 0 else { return .null }
    var (start, count) = (start, count)
    if rules.options.ignoreLeadingWhiteSpace {
      while count > 0, Self.isBlank(start[0]) { (start, count) = (start + 1, count - 1) }
    }
    if rules.options.ignoreTrailingWhiteSpace {
      while count > 0, Self.isBlank(start[count - 1]) { count -= 1 }
    }
    if let most = rules.options.maxCharsPerColumn, count > most {
      return .broken("it has \(count) bytes, and maxCharsPerColumn allows \(most)")
    }
    guard let quote = rules.quote, count > 0, start[0] == quote else {
      return isNull(start, count) ? .null : .text(start, count)
    }
    var content = (start: start + 1, count: count - 2)
    if count < 2 || start[count - 1] != quote || holds(quote, content)
      || rules.escape.map({ holds($0, content) }) ?? false
    {
      guard let length = try unquote(start, count, quote) else { return .broken("its quote is not closed") }
      content = (UnsafePointer(scratch.pointer(to: UInt8.self)) + Self.front, length)
    }
    if content.count == 0 {
      if !isText, nullCount == 0 { return .null }
      return .text(UnsafePointer(words.pointer(to: UInt8.self)) + Self.front + nullCount, emptyCount)
    }
    return isNull(content.start, content.count) ? .null : .text(content.start, content.count)
  }

  private func holds(_ byte: UInt8, _ text: (start: UnsafePointer<UInt8>, count: Int)) -> Bool {
    memchr(text.start, Int32(byte), text.count) != nil
  }

  private func isNull(_ start: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count == nullCount && memcmp(start, words.start + Self.front, count) == 0
  }

  /// Writes what stands between quotes, and behind them, and returns how much that is. Nil when they are not closed.
  private func unquote(_ start: UnsafePointer<UInt8>, _ count: Int, _ quote: UInt8) throws(FlintError) -> Int? {
    if scratch.count < count + Self.front { scratch = try memory.buffer(2 * count + Self.front) }
    let target = scratch.pointer(to: UInt8.self) + Self.front
    var (index, written) = (1, 0)
    while index < count {
      let byte = start[index]
      let next = index + 1 < count ? start[index + 1] : 0
      if byte == rules.escape, index + 1 < count {
        target[written] = next
        index += 2
      } else if byte == quote {
        guard next == quote, index + 1 < count else {
          // What follows the closing quote belongs to the value as it stands.
          memcpy(target + written, start + index + 1, count - index - 1)
          return written + count - index - 1
        }
        target[written] = quote
        index += 2
      } else {
        target[written] = byte
        index += 1
      }
      written += 1
    }
    return nil
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }
}
