/// What times are counted in.
enum ArrowUnit: Int16, Sendable {
  case second, millisecond, microsecond, nanosecond

  /// So much in microseconds, rounded down; nil when 64 bits do not hold it.
  func microseconds(_ count: Int64) -> Int64? {
    switch self {
    case .second: Self.product(count, 1_000_000)
    case .millisecond: Self.product(count, 1000)
    case .microsecond: count
    case .nanosecond: count >= 0 ? count / 1000 : (count + 1) / 1000 - 1
    }
  }

  private static func product(_ count: Int64, _ factor: Int64) -> Int64? {
    let (product, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }
}
