internal import FlintColumns
internal import FlintCore

/// The bytes of a column chunk, in the order in which they stand in the file. A part of them is in memory at a time.
///
/// One user at a time.
final class ChunkInput {
  private let file: any OpenFile
  private let memory: ColumnMemory
  private var buffer: ColumnBuffer?
  /// Where in the file the buffer's first byte stands, and how many of its bytes are filled.
  private var bufferStart: Int64 = 0
  private var filled = 0
  /// Where in the file the next byte to be used stands.
  private(set) var position: Int64 = 0
  /// Where the chunk ends.
  private(set) var end: Int64 = 0

  /// What is read at once, where that much is there: enough to be worth a call.
  private static let window = 1 << 20

  init(_ file: any OpenFile, _ memory: ColumnMemory) {
    self.file = file
    self.memory = memory
  }

  /// Goes to a place in the file, and up to another one.
  func start(at position: Int64, end: Int64) {
    self.position = position
    self.end = end
  }

  /// Bytes that are not used yet.
  var remaining: Int { Int(end - position) }

  /// The next `count` bytes, or all that remain if they are fewer; valid until the next call.
  nonisolated(nonsending) func peek(_ count: Int) async throws -> UnsafeRawBufferPointer {
    let count = min(count, remaining)
    let inside = position - bufferStart
    if buffer == nil || inside < 0 || inside + Int64(count) > Int64(filled) { try await fill(count) }
    guard let buffer else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: buffer.start + Int(position - bufferStart), count: count)
  }

  /// What is in memory of the bytes that come next; valid until the next call.
  var buffered: UnsafeRawBufferPointer {
    let inside = position - bufferStart
    guard let buffer, inside >= 0, inside < Int64(filled) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    return UnsafeRawBufferPointer(start: buffer.start + Int(inside), count: min(filled - Int(inside), remaining))
  }

  /// Steps over bytes, in memory or not.
  func advance(_ count: Int) { position += Int64(count) }

  private nonisolated(nonsending) func fill(_ count: Int) async throws {
    let wanted = min(max(count, Self.window), remaining)
    let buffer: ColumnBuffer
    if let old = self.buffer, old.count >= wanted {
      buffer = old
    } else {
      self.buffer = nil
      buffer = try memory.buffer(wanted)
    }
    self.buffer = buffer
    // Nothing is in memory until it is whole.
    filled = 0
    bufferStart = position
    let got = try await buffer.read(wanted, of: file, at: position)
    guard got >= count else { throw FormatFault.truncated("the file") }
    filled = got
  }
}
