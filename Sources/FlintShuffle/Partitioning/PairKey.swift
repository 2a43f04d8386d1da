/// Two keys as one. Tuples are not Hashable, so datasets over `((A, B), V)` have this inside.
public struct PairKey<First: Hashable, Second: Hashable>: Hashable {
  /// The first key.
  public var first: First
  /// The second key.
  public var second: Second

  /// Both keys.
  @inlinable
  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  /// The keys as users write them.
  @inlinable public var tuple: (First, Second) { (first, second) }

  /// From the short ways of both, which Swift's own combination would not take.
  @inlinable public var hashValue: Int {
    Int(truncatingIfNeeded: KeyHash.joined(KeyHash.of(first), KeyHash.of(second)))
  }

  /// As Swift combines them.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    hasher.combine(second)
  }
}

extension PairKey: Sendable where First: Sendable, Second: Sendable {}
