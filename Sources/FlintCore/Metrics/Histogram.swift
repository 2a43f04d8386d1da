/// How measurements spread: for each of some bounds how many were at most as large. May be used from any thread.
public final class Histogram: Metric {
  static let kind = MetricKind.histogram
  /// The upper bounds of the buckets, rising; above the last one there is a bucket without a bound.
  public let bounds: [Double]
  private let counts: [Counter]
  private let total = Gauge()

  init(bounds: [Double]) {
    precondition(bounds.allSatisfy(\.isFinite), "the bounds of a histogram are finite")
    precondition(zip(bounds, bounds.dropFirst()).allSatisfy(<), "the bounds of a histogram rise")
    self.bounds = bounds
    counts = (0...bounds.count).map { _ in Counter() }
  }

  /// How much was measured so far.
  public var count: UInt64 { counts.reduce(0) { $0 + $1.value } }
  /// The sum of all measurements.
  public var sum: Double { total.value }

  /// Adds a measurement. One that is not a number counts for the bucket without a bound.
  public func observe(_ value: Double) {
    // The first bound that is not below the value.
    var low = 0
    var high = bounds.count
    while low < high {
      let middle = (low + high) / 2
      if value <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    counts[low].increment()
    total.add(value)
  }

  /// `count` bounds, each `factor` times the one before it.
  public static func bounds(from first: Double, factor: Double, count: Int) -> [Double] {
    Array(sequence(first: first) { $0 * factor }.prefix(count))
  }

  func write(to page: inout MetricPage, name: String, labels: MetricLabels) {
    // All lines come from one reading of the buckets, so that they agree while others go on measuring.
    var cumulative: UInt64 = 0
    for (index, count) in counts.map(\.value).enumerated() {
      cumulative &+= count
      let bound = index < bounds.count ? bounds[index] : .infinity
      page.sample(name + "_bucket", labels, le: MetricPage.text(bound), "\(cumulative)")
    }
    page.sample(name + "_sum", labels, MetricPage.text(sum))
    page.sample(name + "_count", labels, "\(cumulative)")
  }
}
