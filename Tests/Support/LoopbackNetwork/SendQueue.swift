internal import FlintSystem

/// Bytes that wait for the system to take them, in chunks.
struct SendQueue {
  /// Small messages are put together up to this many bytes, so that one call sends many.
  private static let chunkSize = 64 << 10

  private var chunks = Queue<[UInt8]>()
  /// The newest chunk, which still grows.
  private var last: [UInt8] = []
  /// How many bytes of the oldest chunk have been sent.
  private var sent = 0
  private(set) var byteCount = 0

  var isEmpty: Bool { byteCount == 0 }

  mutating func append(_ bytes: [UInt8]) {
    if !last.isEmpty && last.count + bytes.count > SendQueue.chunkSize { seal() }
    if last.isEmpty { last = bytes } else { last += bytes }
    byteCount += bytes.count
  }

  /// Offers the oldest bytes to `send`, which answers how many it took; returns that answer. Not on an empty queue.
  mutating func sendFirst(_ send: (UnsafeRawBufferPointer) -> Int) -> Int {
    if chunks.isEmpty { seal() }
    guard let chunk = chunks.first else { preconditionFailure("an empty queue has nothing to send") }
    let count = chunk.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }
    guard count > 0 else { return count }
    byteCount -= count
    sent += count
    if sent == chunk.count {
      _ = chunks.popFirst()
      sent = 0
    }
    return count
  }

  private mutating func seal() {
    chunks.append(last)
    last = []
  }
}
