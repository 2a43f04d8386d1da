public import FlintCore

/// Where the memory of vectors comes from: slabs that count against one budget while a vector holds them.
///
/// Memory comes back by itself when the last vector that holds it goes, and waits among the idle slabs for its next user.
public final class ColumnMemory: Sendable {
  /// What all vectors together may hold.
  public let budget: MemoryBudget
  private let idle: IdleSlabs

  /// Memory within `budget`, of slabs that the users of `idle` have in turns.
  public init(budget: MemoryBudget, idle: IdleSlabs = IdleSlabs(capacity: .mebibytes(64))) {
    self.budget = budget
    self.idle = idle
  }

  /// Memory for `count` bytes, which may hold anything, unless `isZeroed`. Throws `memory-budget-exceeded`.
  public func buffer(_ count: Int, isZeroed: Bool = false) throws(FlintError) -> ColumnBuffer {
    try buffer(count, zeroedFrom: isZeroed ? 0 : count)
  }

  /// Memory for `count` bytes, of which those from `start` on are zeros. Throws `memory-budget-exceeded`.
  func buffer(_ count: Int, zeroedFrom start: Int) throws(FlintError) -> ColumnBuffer {
    precondition(count >= 0, "a buffer has no negative size, as \(count) is")
    let slab = try idle.take(count + ColumnBuffer.padding, of: budget)
    let buffer = ColumnBuffer(slab, count: count, of: idle)
    if slab.isFresh { slab.fetch(count) } else if start < count { buffer.zero(start..<count) }
    return buffer
  }
}
