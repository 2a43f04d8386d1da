internal import Synchronization

/// A number that only grows: rows read, tasks failed. Its name ends in `_total`.
///
/// An increment is one atomic addition, from any thread.
public final class Counter: Metric {
  static let kind = MetricKind.counter
  private let count = Atomic<UInt64>(0)

  init() {}

  /// What has been counted so far; after 2⁶⁴ it starts again at 0.
  public var value: UInt64 { count.load(ordering: .relaxed) }

  /// Counts `amount` more.
  public func increment(by amount: UInt64 = 1) {
    count.wrappingAdd(amount, ordering: .relaxed)
  }

  func write(to page: inout MetricPage, name: String, labels: MetricLabels) {
    page.sample(name, labels, "\(value)")
  }
}
