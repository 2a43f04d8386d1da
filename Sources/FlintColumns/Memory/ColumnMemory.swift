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
    precondition(count >= 0, "a buffer has no negative size, as \(count) is")
    let buffer = ColumnBuffer(try idle.take(count + ColumnBuffer.padding, of: budget), count: count, of: idle)
    if isZeroed { buffer.zero(0..<count) }
    return buffer
  }
}
