/// A type that a limit can have: a number, a size or a duration.
protocol LimitValue: Comparable, Sendable {
  /// The value as a whole number of the type's smallest unit.
  var limitCount: Int64 { get }

  /// The value with this count.
  init(limitCount: Int64)

  /// The value as errors show it.
  var limitText: String { get }
}

extension Int: LimitValue {
  var limitCount: Int64 { Int64(self) }
  init(limitCount: Int64) { self.init(limitCount) }
  var limitText: String { "\(self)" }
}

extension ByteCount: LimitValue {
  var limitCount: Int64 { bytes }
  init(limitCount: Int64) { self.init(limitCount) }
  var limitText: String { exactText }
}

extension Duration: LimitValue {
  /// Nanoseconds.
  var limitCount: Int64 { nanoseconds }
  init(limitCount: Int64) { self = .nanoseconds(limitCount) }
  var limitText: String { exactText }
}
