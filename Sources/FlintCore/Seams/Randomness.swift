/// Seam: the source of every random choice of one node: jitter, sampling, tokens.
public protocol Randomness: Sendable {
  /// 64 random bits. On the real side they are fit for secrets; under simulation they follow from the seed.
  func next() -> UInt64
}

/// A node's randomness in the form that the standard library takes: `Int.random(in: 0..<6, using: &generator)`.
public struct RandomnessGenerator: RandomNumberGenerator, Sendable {
  private let source: any Randomness

  /// A generator that draws from `source`.
  public init(_ source: any Randomness) {
    self.source = source
  }

  /// The next 64 bits of the source.
  public func next() -> UInt64 { source.next() }
}
