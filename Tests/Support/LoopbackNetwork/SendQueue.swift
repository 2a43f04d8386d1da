internal import FlintCore
internal import FlintSystem

/// Bytes that wait for the system to take them, in chunks.
struct SendQueue {
  /// Small messages are put together up to this many bytes, so that one call sends many.
  private static let chunkSize = 64 << 10

  enum Chunk: Sendable {
    case bytes([UInt8])
    case slab(Slab, Range<Int>)
    /// What is not read yet of a file.
    case file(any OpenFile, Range<Int64>)

    var count: Int {
      switch self {
      case .bytes(let bytes): bytes.count
      case .slab(_, let range): range.count
      case .file(_, let range): range.count
      }
    }
  }

  private var chunks = Queue<Chunk>()
  /// A piece of the file that is first in the queue.
  private var filePiece: [UInt8] = []
  /// The newest chunk, which still grows.
  private var last: [UInt8] = []
  /// How many bytes of the oldest chunk have been sent.
  private var sent = 0
  private(set) var byteCount = 0

  var isEmpty: Bool { byteCount == 0 }

  mutating func append(_ chunk: Chunk) {
    byteCount += chunk.count
    guard case .bytes(let bytes) = chunk else {
      seal()
      return chunks.append(chunk)
    }
    if !last.isEmpty && last.count + bytes.count > SendQueue.chunkSize { seal() }
    if last.isEmpty { last = bytes } else { last += bytes }
  }

  /// The file that must be read before anything else can be sent, and from where.
  var unreadFile: (file: any OpenFile, range: Range<Int64>)? {
    guard filePiece.isEmpty, case .file(let file, let range)? = chunks.first else { return nil }
    return (file, range)
  }

  /// Takes the next bytes of ``unreadFile``.
  mutating func takeFilePiece(_ piece: [UInt8]) {
    filePiece = piece
    sent = 0
  }

  /// Offers the oldest bytes to `send`, which answers how many it took; returns that answer. Not on an empty queue, nor
  /// before an ``unreadFile`` was read.
  mutating func sendFirst(_ send: (UnsafeRawBufferPointer) -> Int) -> Int {
    if chunks.isEmpty { seal() }
    guard let chunk = chunks.first else { preconditionFailure("an empty queue has nothing to send") }
    let (count, size) =
      switch chunk {
      case .bytes(let bytes):
        (bytes.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }, bytes.count)
      case .slab(let slab, let range):
        (send(UnsafeRawBufferPointer(rebasing: slab.bytes[range].dropFirst(sent))), range.count)
      case .file: (filePiece.withUnsafeBytes { send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }, filePiece.count)
      }
    guard count > 0 else { return count }
    byteCount -= count
    sent += count
    if sent == size { finishFirst() }
    return count
  }

  /// The oldest chunk, or piece of it, has been sent.
  private mutating func finishFirst() {
    sent = 0
    if case .file(let file, let range)? = chunks.first, filePiece.count < range.count {
      chunks.first = .file(file, range.lowerBound + Int64(filePiece.count)..<range.upperBound)
    } else {
      _ = chunks.popFirst()
    }
    filePiece = []
  }

  private mutating func seal() {
    guard !last.isEmpty else { return }
    chunks.append(.bytes(last))
    last = []
  }
}
