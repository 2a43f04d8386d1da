/// Three keys as one, for datasets over `((A, B, C), V)`.
public struct TripleKey<First: Hashable, Second: Hashable, Third: Hashable>: Hashable {
  /// The first key.
  public var first: First
  /// The second key.
  public var second: Second
  /// The third key.
  public var third: Third

  /// All three keys.
  @inlinable
  public init(_ first: First, _ second: Second, _ third: Third) {
    self.first = first
    self.second = second
    self.third = third
  }

  /// The keys as users write them.
  @inlinable public var tuple: (First, Second, Third) { (first, second, third) }

  /// From the short ways of all three.
  @inlinable public var hashValue: Int {
    let pair = KeyHash.joined(KeyHash.of(first), KeyHash.of(second))
    return Int(truncatingIfNeeded: KeyHash.joined(pair, KeyHash.of(third)))
  }

  /// As Swift combines them.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(first)
    hasher.combine(second)
    hasher.combine(third)
  }
}

extension TripleKey: Sendable where First: Sendable, Second: Sendable, Third: Sendable {}
