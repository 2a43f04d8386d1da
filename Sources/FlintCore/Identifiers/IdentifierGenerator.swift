internal import Synchronization

/// Hands out each identifier of one kind once, in rising order, to any number of threads.
public final class IdentifierGenerator<ID: Identifier>: Sendable {
  private let following: Atomic<UInt64>

  /// A generator whose first identifier has the number `first`. Whoever continues after a restart passes the number
  /// after the last one that was ever handed out.
  public init(first: UInt64 = 0) {
    following = Atomic(first)
  }

  /// An identifier that this generator has not handed out and never will again.
  public func next() -> ID {
    let (number, _) = following.wrappingAdd(1, ordering: .relaxed)
    precondition(number < .max, "all 2⁶⁴ identifiers of a \(ID.noun) have been handed out")
    return ID(rawValue: number)
  }
}
