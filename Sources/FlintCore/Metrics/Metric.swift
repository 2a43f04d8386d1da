/// What a registry can hold.
protocol Metric: AnyObject, Sendable {
  static var kind: MetricKind { get }

  /// Appends the lines of this metric.
  func write(to page: inout MetricPage, name: String, labels: MetricLabels)
}

/// The types of metric, by their names in Prometheus' text format.
enum MetricKind: String {
  case counter, gauge, histogram
}
