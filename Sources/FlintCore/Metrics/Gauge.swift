internal import Synchronization

/// A number that goes up and down: bytes in use, tasks running. May be used from any thread.
public final class Gauge: Metric {
  static let kind = MetricKind.gauge
  private let number = Atomic<Double>(0)

  init() {}

  /// The number now.
  public var value: Double { number.load(ordering: .relaxed) }

  /// Makes the number `value`.
  public func set(to value: Double) {
    number.store(value, ordering: .relaxed)
  }

  /// Adds `amount`, which may be negative; no other thread's addition is lost.
  public func add(_ amount: Double) {
    var now = number.load(ordering: .relaxed)
    while true {
      let (exchanged, original) = number.weakCompareExchange(expected: now, desired: now + amount, ordering: .relaxed)
      if exchanged { return }
      now = original
    }
  }

  func write(to page: inout MetricPage, name: String, labels: MetricLabels) {
    page.sample(name, labels, MetricPage.text(value))
  }
}
