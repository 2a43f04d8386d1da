internal import Synchronization

/// A hard bound on the bytes that slabs may hold. Give each executor one; who runs over it gets an error, not the node.
public final class MemoryBudget: Sendable {
  /// The bound in bytes.
  public let limit: ByteCount
  private let taken = Atomic<Int>(0)

  public init(limit: ByteCount) {
    self.limit = limit
  }

  /// Bytes in use now.
  public var used: ByteCount { ByteCount(Int64(taken.load(ordering: .relaxed))) }

  /// Takes `count` bytes, or returns false and takes none.
  func reserve(_ count: Int) -> Bool {
    var now = taken.load(ordering: .relaxed)
    while true {
      guard count <= Int(limit.bytes) - now else { return false }
      let (exchanged, original) = taken.weakCompareExchange(
        expected: now, desired: now + count, ordering: .relaxed)
      if exchanged { return true }
      now = original
    }
  }

  func release(_ count: Int) {
    taken.subtract(count, ordering: .relaxed)
  }
}
