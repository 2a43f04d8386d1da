internal import FlintCore
internal import Synchronization

/// Memory for ciphertext, 64 KiB a piece, which is used again when the network has taken what was in it.
///
/// Larger pieces cost twice the time: above 128 KiB the C library maps fresh memory for each one.
final class CiphertextPool: Sendable {
  static let chunkSize = 64 << 10
  /// More than a few connections that send at the same time share the rest with the system.
  private static let capacity = 64

  private let chunks = Mutex<[Slab]>([])
  private let budget = MemoryBudget(limit: .mebibytes(64))

  /// A chunk that nobody else uses; nil when there is no memory for one. Whoever lets it go gives it back.
  func take() -> Slab? {
    chunks.withLock { chunks in
      for index in chunks.indices.reversed() where isKnownUniquelyReferenced(&chunks[index]) {
        return chunks[index]
      }
      guard let chunk = try? Slab(count: Self.chunkSize, budget: budget) else { return nil }
      if chunks.count < Self.capacity { chunks.append(chunk) }
      return chunk
    }
  }
}
