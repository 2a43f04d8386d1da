internal import Synchronization

/// A hard bound on the bytes that slabs may hold. Give each executor one; who runs over it gets an error, not the node.
public final class MemoryBudget: Sendable {
  /// The bound in bytes.
  public let limit: ByteCount
  private let taken = Atomic<Int>(0)

  /// A budget of `limit` bytes, none of them in use.
  public init(limit: ByteCount) {
    precondition(limit.bytes >= 0, "a budget is not negative, as \(limit.bytes) is")
    self.limit = limit
  }

  /// Bytes in use now; never more than ``limit``.
  public var used: ByteCount { ByteCount(Int64(taken.load(ordering: .relaxed))) }

  /// Takes `count` bytes, or returns false and takes none. Every byte taken is given back by one ``release(_:)``.
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
    let (_, left) = taken.subtract(count, ordering: .relaxed)
    precondition(left >= 0, "more bytes were given back to a budget than taken from it")
  }
}
