internal import Synchronization

/// Slabs of one size that are used again, because fresh ones cost a system call and a page fault for each page.
///
/// A slab from the pool holds what its last user left in it. Idle slabs count against the budget; ``trim()`` gives them
/// back when it runs low.
public final class SlabPool: Sendable {
  /// Bytes of each slab, whole pages.
  public let slabSize: Int
  /// How many idle slabs are kept at most.
  public let capacity: Int
  private let budget: MemoryBudget
  private let idle = Mutex<[Slab]>([])

  /// A pool of slabs for `slabSize` bytes, rounded up to whole pages, from `budget`. It is empty at first.
  public init(slabSize: Int, capacity: Int, budget: MemoryBudget) {
    precondition(slabSize > 0 && capacity >= 0, "a pool of \(capacity) slabs of \(slabSize) bytes")
    self.slabSize = Slab.size(holding: slabSize)
    self.capacity = capacity
    self.budget = budget
  }

  /// How many slabs are idle now.
  public var idleCount: Int { idle.withLock { $0.count } }

  /// An idle slab, or a new one. Throws `memory-budget-exceeded`. Without ``put(_:)`` it goes back to the system.
  public func take() throws(FlintError) -> Slab {
    if let slab = idle.withLock({ $0.popLast() }) { return slab }
    return try Slab(count: slabSize, budget: budget)
  }

  /// Takes a slab back that nobody uses any more; above ``capacity`` it goes back to the system instead.
  public func put(_ slab: Slab) {
    precondition(slab.bytes.count == slabSize, "a slab of \(slab.bytes.count) bytes is not of this pool")
    idle.withLock { idle in
      precondition(!idle.contains { $0 === slab }, "a slab was put back twice")
      if idle.count < capacity { idle.append(slab) }
    }
  }

  /// Gives all idle slabs back to the system and the budget.
  public func trim() {
    idle.withLock { $0.removeAll() }
  }
}
