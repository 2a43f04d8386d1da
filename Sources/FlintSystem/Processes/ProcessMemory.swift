internal import CFlint
public import FlintCore

/// How this process holds on to memory that was freed.
public enum ProcessMemory {
  /// From this budget on there is room for as many heaps as the C library likes to have.
  private static let roomy: ByteCount = .mebibytes(512)

  /// Fits the C library of the whole process to a budget, to be shared by `threads` threads: of what a heap has free at its
  /// end a 64th of the budget stays for the next batch, since fresh memory costs a fault for each page. To be called before
  /// much is allocated.
  public static func fit(to budget: ByteCount, threads: Int) {
    let slack = min(max(budget.bytes / 64, 256 << 10), 32 << 20)
    flint_memory_fit(budget < roomy ? CInt(threads + 1) : 0, Int(slack))
  }
}
