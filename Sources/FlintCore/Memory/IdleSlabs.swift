internal import Synchronization

/// Slabs of all sizes between two users, because a fresh one costs a system call and a page fault for each page.
///
/// Give each executor one: what one task leaves the next one takes. Idle slabs belong to no budget, so they are few, and
/// go when the process has too much memory. A slab that was used before holds what its last user left in it.
public final class IdleSlabs: Sendable {
  private let capacity: Int
  private let shelves = Mutex(SlabShelves())

  /// None yet, and never more than `capacity` bytes.
  public init(capacity: ByteCount) {
    precondition(capacity.bytes >= 0, "idle slabs have no negative size, as \(capacity) is")
    self.capacity = Int(capacity.bytes)
  }

  /// Bytes that wait for their next use.
  public var bytes: Int { shelves.withLock { $0.bytes } }

  /// A slab of at least `count` bytes that counts against `budget`. Throws `memory-budget-exceeded`.
  public func take(_ count: Int, of budget: MemoryBudget) throws(FlintError) -> Slab {
    let size = SlabSize.holding(count)
    if let slab = shelves.withLock({ $0.take(size) }) {
      if slab.enter(budget) { return slab }
      put(slab)
    }
    do {
      return try Slab(count: size, budget: budget)
    } catch {
      // When the budget has room it is the system that has none.
      guard bytes > 0, Int64(size) <= budget.limit.bytes - budget.used.bytes else { throw error }
      trim()
      return try Slab(count: size, budget: budget)
    }
  }

  /// Takes a slab back that nobody uses any more.
  public func put(_ slab: Slab) {
    slab.leaveBudget()
    // One that is not kept goes after the lock is open: unmapping is slow.
    let surplus = shelves.withLock { $0.put(slab, limit: capacity) }
    withExtendedLifetime(surplus) {}
  }

  /// Gives all of them back to the system.
  public func trim() {
    let slabs = shelves.withLock { $0.removeAll() }
    withExtendedLifetime(slabs) {}
  }
}
