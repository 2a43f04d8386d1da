internal import FlintCore
internal import Glibc

/// Bytes that wait for the system to take them: copies in pooled chunks, slabs of others, and ranges of files.
struct SendQueue {
  /// A run of bytes that leave one after another.
  enum Piece {
    case chunk(Chunk)
    case slab(Slab, Range<Int>)
    case file(any OpenFile, Range<Int64>)

    var count: Int {
      switch self {
      case .chunk(let chunk): chunk.count
      case .slab(_, let range): range.count
      case .file(_, let range): range.count
      }
    }
  }

  /// As many runs as one call gives the system.
  static let vectorCount = 64

  private let pool: ChunkPool
  /// What waits, from ``first`` on; those before have been sent.
  private var pieces: ContiguousArray<Piece?> = []
  private var first = 0
  /// The newest piece while it is a chunk that can grow.
  private var last: Chunk?
  /// How many bytes of the oldest piece have been sent.
  private var sent = 0
  private(set) var byteCount = 0

  init(pool: ChunkPool) { self.pool = pool }

  var isEmpty: Bool { byteCount == 0 }

  // MARK: In

  /// Copies `bytes`.
  @inline(__always)
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    byteCount += bytes.count
    if let last, let start = bytes.baseAddress, bytes.count <= Chunk.size - last.count {
      (last.base + last.count).copyMemory(from: start, byteCount: bytes.count)
      last.count += bytes.count
    } else {
      appendCut(bytes)
    }
  }

  /// Copies `bytes` into as many chunks as it takes.
  private mutating func appendCut(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = last ?? grow()
      let part = rest.prefix(Chunk.size - chunk.count)
      UnsafeMutableRawBufferPointer(start: chunk.base + chunk.count, count: part.count)
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
      chunk.count += part.count
      if chunk.count == Chunk.size { last = nil }
      rest = rest.dropFirst(part.count)
    }
  }

  private mutating func grow() -> Chunk {
    let chunk = pool.take()
    pieces.append(.chunk(chunk))
    last = chunk
    return chunk
  }

  mutating func append(_ slab: Slab, _ range: Range<Int>) { append(.slab(slab, range)) }
  mutating func append(_ file: any OpenFile, _ range: Range<Int64>) { append(.file(file, range)) }

  private mutating func append(_ piece: Piece) {
    guard piece.count > 0 else { return }
    last = nil
    pieces.append(piece)
    byteCount += piece.count
  }

  // MARK: Out

  /// The file whose turn it is, and what is left of it.
  var nextFile: (file: any OpenFile, range: Range<Int64>)? {
    guard first < pieces.count, case .file(let file, let range)? = pieces[first] else { return nil }
    return (file, range.lowerBound + Int64(sent)..<range.upperBound)
  }

  /// Fills `vectors` with the oldest bytes in memory, up to the next file, and returns how many runs and bytes they are.
  func fill(_ vectors: UnsafeMutableBufferPointer<iovec>) -> (runs: Int, bytes: Int) {
    var (runs, bytes) = (0, 0)
    var skipped = sent
    for index in first..<min(pieces.count, first + vectors.count) {
      let run: UnsafeRawBufferPointer
      switch pieces[index] {
      case .chunk(let chunk)?: run = UnsafeRawBufferPointer(start: chunk.base + skipped, count: chunk.count - skipped)
      case .slab(let slab, let range)?: run = UnsafeRawBufferPointer(rebasing: slab.bytes[range.dropFirst(skipped)])
      case .file?, nil: return (runs, bytes)
      }
      vectors[runs] = iovec(iov_base: UnsafeMutableRawPointer(mutating: run.baseAddress), iov_len: run.count)
      runs += 1
      bytes += run.count
      skipped = 0
    }
    return (runs, bytes)
  }

  /// The oldest `count` bytes have been sent.
  mutating func remove(_ count: Int) {
    byteCount -= count
    sent += count
    while first < pieces.count, let piece = pieces[first], sent >= piece.count {
      sent -= piece.count
      pieces[first] = nil
      first += 1
      guard case .chunk(let chunk) = piece else { continue }
      // A chunk that could still grow is used up when nothing is left in it.
      if chunk === last { last = nil }
      pool.put(chunk)
    }
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: true)
      first = 0
    } else if first >= SendQueue.vectorCount {
      // A queue that never becomes empty shall not grow for ever.
      pieces.removeFirst(first)
      first = 0
    }
  }
}
