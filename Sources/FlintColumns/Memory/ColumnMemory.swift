public import FlintCore
internal import Synchronization

/// Where the memory of vectors comes from: slabs of one budget, which are used again, since a fresh one costs a system call
/// and a page fault for each page.
///
/// Give each executor one. Memory comes back by itself when the last vector that holds it goes.
public final class ColumnMemory: Sendable {
  /// What all vectors together may hold, idle slabs included.
  public let budget: MemoryBudget
  private let kept: Int
  private let idle = Mutex(IdleSlabs())

  /// Slabs of `budget`, of which up to `kept` bytes wait idle for their next use.
  public init(budget: MemoryBudget, kept: ByteCount = .mebibytes(64)) {
    precondition(kept.bytes >= 0, "the bytes kept idle are not negative, as \(kept.bytes) is")
    self.budget = budget
    self.kept = Int(kept.bytes)
  }

  /// Memory for `count` bytes, which may hold anything, unless `isZeroed`. Throws `memory-budget-exceeded`.
  public func buffer(_ count: Int, isZeroed: Bool = false) throws(FlintError) -> ColumnBuffer {
    precondition(count >= 0, "a buffer has no negative size, as \(count) is")
    let size = SlabSize.holding(count + ColumnBuffer.padding)
    if let slab = idle.withLock({ $0.take(size) }) {
      let buffer = ColumnBuffer(slab, count: count, of: self)
      if isZeroed { buffer.zero(0..<count) }
      return buffer
    }
    do {
      return ColumnBuffer(try Slab(count: size, budget: budget), count: count, of: self)
    } catch {
      // What lies idle counts too: give it back before giving up.
      trim()
      return ColumnBuffer(try Slab(count: size, budget: budget), count: count, of: self)
    }
  }

  /// Bytes that wait for their next use.
  public var idleBytes: Int { idle.withLock { $0.bytes } }

  /// Gives all idle slabs back to the budget and the system.
  public func trim() {
    let slabs = idle.withLock { $0.removeAll() }
    withExtendedLifetime(slabs) {}
  }

  func takeBack(_ slab: Slab) {
    // A slab that is not kept goes after the lock is open: unmapping is slow.
    let surplus = idle.withLock { $0.put(slab, limit: kept) }
    withExtendedLifetime(surplus) {}
  }
}
