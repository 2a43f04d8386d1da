internal import CFlint
public import FlintCore

/// How this process holds on to memory that was freed.
public enum ProcessMemory {
  /// Above this budget nothing is changed: there is room for what the C library likes to keep.
  private static let roomy: ByteCount = .mebibytes(512)

  /// Fits the C library to a budget: `threads` threads share few heaps, and of what is freed little is kept. To be called
  /// before much is allocated.
  public static func bound(to budget: ByteCount, threads: Int) {
    guard budget < roomy else { return }
    flint_memory_bound(CInt(threads + 1), Int(max(budget.bytes / 64, 256 << 10)))
  }
}
