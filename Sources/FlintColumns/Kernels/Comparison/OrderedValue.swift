/// A plain value in SQL's order, compared without branches: 1 for yes and 0 for no.
protocol OrderedValue: BitwiseCopyable {
  static func isLess(_ left: Self, _ right: Self) -> UInt8
  static func isSame(_ left: Self, _ right: Self) -> UInt8
}

extension OrderedValue where Self: FixedWidthInteger {
  @inline(__always)
  static func isLess(_ left: Self, _ right: Self) -> UInt8 { left < right ? 1 : 0 }
  @inline(__always)
  static func isSame(_ left: Self, _ right: Self) -> UInt8 { left == right ? 1 : 0 }
}

extension OrderedValue where Self: BinaryFloatingPoint {
  /// NaN stands behind all others.
  @inline(__always)
  static func isLess(_ left: Self, _ right: Self) -> UInt8 {
    (left < right ? 1 : 0) | ((right != right ? 1 : 0) & (left == left ? 1 : 0))
  }
  @inline(__always)
  static func isSame(_ left: Self, _ right: Self) -> UInt8 {
    (left == right ? 1 : 0) | ((right != right ? 1 : 0) & (left != left ? 1 : 0))
  }
}

extension Int8: OrderedValue {}
extension Int16: OrderedValue {}
extension Int32: OrderedValue {}
extension Int64: OrderedValue {}
extension Int128: OrderedValue {}
extension Float: OrderedValue {}
extension Double: OrderedValue {}

extension Interval: OrderedValue {
  /// A month counts as 30 days and a day as 24 hours, as PostgreSQL has it.
  @inline(__always)
  static func isLess(_ left: Interval, _ right: Interval) -> UInt8 { left.span < right.span ? 1 : 0 }
  @inline(__always)
  static func isSame(_ left: Interval, _ right: Interval) -> UInt8 { left.span == right.span ? 1 : 0 }

  /// Microseconds, when months have 30 days.
  var span: Int128 {
    Int128(microseconds) &+ (Int128(days) &+ 30 &* Int128(months)) &* 86_400_000_000
  }
}
