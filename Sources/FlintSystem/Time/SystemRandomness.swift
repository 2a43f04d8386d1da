internal import CFlint
public import FlintCore
internal import Synchronization

/// The kernel's randomness, fit for secrets. Each word is given out once and forgotten.
public final class SystemRandomness: Randomness {
  /// As much as the kernel gives in one call that cannot fail half-way.
  private static let wordCount = 256 / MemoryLayout<UInt64>.size

  private let words = Mutex<[UInt64]>([])

  /// A source with a buffer of its own; any thread may draw from it.
  public init() {}

  /// 64 bits that were never given out before.
  public func next() -> UInt64 {
    words.withLock { words in
      if words.isEmpty { words = SystemRandomness.freshWords() }
      // What leaves the array is overwritten, so that a later look into memory does not find it.
      let last = words.count - 1
      let word = words[last]
      words[last] = 0
      words.removeLast()
      return word
    }
  }

  private static func freshWords() -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: wordCount) { buffer, filled in
      let result = flint_random_fill(buffer.baseAddress!, wordCount * MemoryLayout<UInt64>.size)
      // Secrets from anything less would be worse than a node that stops.
      precondition(result == 0, "the kernel gives no randomness")
      filled = wordCount
    }
  }
}
