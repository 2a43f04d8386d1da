/// What a mean is made of.
public struct Mean: Hashable, Sendable {
  /// The sum of the values.
  public var sum: Double
  /// How many there are.
  public var count: Int

  /// The mean of `count` values with this sum.
  @inlinable
  public init(sum: Double, count: Int) {
    self.sum = sum
    self.count = count
  }
}
