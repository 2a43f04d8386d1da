/// A piece of memory for bytes on their way out.
final class Chunk {
  static let size = 64 << 10

  let base: UnsafeMutableRawPointer
  /// How many bytes it holds.
  var count = 0

  init() { base = .allocate(byteCount: Chunk.size, alignment: 64) }
  deinit { base.deallocate() }
}

/// Chunks that are used again. Memory that goes back to the system and comes again costs a page fault for each page.
final class ChunkPool {
  private static let capacity = 64
  private var idle: ContiguousArray<Chunk> = []
  /// Where received bytes lie while they are handed on: one stream's at a time.
  let receiveBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Chunk.size, alignment: 64)

  deinit { receiveBuffer.deallocate() }

  /// An empty chunk.
  func take() -> Chunk { idle.popLast() ?? Chunk() }

  func put(_ chunk: Chunk) {
    guard idle.count < ChunkPool.capacity else { return }
    chunk.count = 0
    idle.append(chunk)
  }

  func removeAll() { idle = [] }
}
