internal import FlintColumns
internal import FlintCore

/// The messages of a file or stream, by where they begin.
struct ArrowMessages {
  struct Found {
    let message: ArrowMessage
    /// Where the bytes that belong to it begin, and how many there are.
    let body: Int64
    let bodyLength: Int
    /// Where the next message begins.
    var next: Int64 { body + Int64(bodyLength) }
  }

  let file: any OpenFile
  let size: Int64
  /// Bytes of a message's metadata at most.
  let limit: Int

  /// What is read of a message at first.
  private static let firstRead = 4096

  /// The message that begins at `start`; nil where the stream ends.
  func message(at start: Int64) async throws -> Found? {
    let head = try await file.read(count: Self.firstRead, at: start)
    // A stream may end without saying so.
    guard !head.isEmpty else { return nil }
    guard head.count >= 4 else { throw FormatFault.truncated("the file") }
    // Old writers begin with the length, others with a word that is no length.
    let isMarked = Self.word(head, 0) == -1
    guard head.count >= 8 || !isMarked else { throw FormatFault.truncated("the file") }
    let length = Int(isMarked ? Self.word(head, 4) : Self.word(head, 0))
    let metadata = isMarked ? 8 : 4
    if length == 0 { return nil }
    guard length > 0 else { throw FormatFault.damaged("a message says that it has \(length) bytes") }
    guard length <= limit else {
      throw FormatFault.tooLarge("the metadata of a message has \(length) bytes, the limit is \(limit)")
    }
    var bytes = Array(head.dropFirst(metadata).prefix(length))
    if bytes.count < length, head.count == Self.firstRead {
      bytes = try await file.read(count: length, at: start + Int64(metadata))
    }
    guard bytes.count == length else { throw FormatFault.truncated("the metadata of a message") }
    let (message, bodyLength) = try bytes.withUnsafeBufferPointer { (bytes) throws(FormatFault) in
      try ArrowMessage.read(UnsafeRawBufferPointer(bytes))
    }
    let body = start + Int64(metadata + length)
    guard Int64(bodyLength) <= size - body else { throw FormatFault.truncated("the content of a message") }
    return Found(message: message, body: body, bodyLength: bodyLength)
  }

  private static func word(_ bytes: [UInt8], _ place: Int) -> Int32 {
    (0..<4).reduce(0) { $0 | Int32(truncatingIfNeeded: UInt32(bytes[place + $1]) << UInt32(8 * $1)) }
  }
}
