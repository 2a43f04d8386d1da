internal import Synchronization

/// The metrics of a process, and the page that shows them.
///
/// Asking twice for one name and one set of labels gives the same metric. Keep what you get: asking takes a lock,
/// counting does not. A name that is not allowed, or that stands for another type, help or bounds already, is a mistake
/// in the program and ends it. Series stay for ever, so labels are for few values: pools, not tasks.
public final class MetricRegistry: Sendable {
  private let families = Mutex<[String: Family]>([:])

  private struct Family {
    let kind: MetricKind
    let help: String
    var series: [MetricLabels: any Metric] = [:]
  }

  /// A registry without metrics.
  public init() {}

  /// The counter `name` with these labels. Counters end in `_total`.
  public func counter(_ name: String, help: String, labels: MetricLabels = [:]) -> Counter {
    precondition(name.hasSuffix("_total"), "the counter \(name) must end in _total")
    return metric(name, help, labels) { Counter() }
  }

  /// The gauge `name` with these labels.
  public func gauge(_ name: String, help: String, labels: MetricLabels = [:]) -> Gauge {
    metric(name, help, labels) { Gauge() }
  }

  /// The histogram `name` with these labels and buckets; see ``Histogram/bounds(from:factor:count:)``.
  public func histogram(_ name: String, help: String, bounds: [Double], labels: MetricLabels = [:]) -> Histogram {
    let histogram = metric(name, help, labels) { Histogram(bounds: bounds) }
    precondition(histogram.bounds == bounds, "the histogram \(name) has other bounds already")
    return histogram
  }

  /// All metrics in Prometheus' text format 0.0.4, sorted by name and labels. Its content type is
  /// `text/plain; version=0.0.4; charset=utf-8`.
  public func prometheusText() -> String {
    var page = MetricPage()
    for (name, family) in families.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      page.header(name, help: family.help, kind: family.kind)
      for (labels, metric) in family.series.sorted(by: { $0.key < $1.key }) {
        metric.write(to: &page, name: name, labels: labels)
      }
    }
    return page.text
  }

  private func metric<M: Metric>(_ name: String, _ help: String, _ labels: MetricLabels, _ make: () -> M) -> M {
    precondition(MetricName.isValid(name), "\(name) is not the name of a metric")
    return families.withLock { families in
      var family = families[name] ?? Family(kind: M.kind, help: help)
      precondition(family.kind == M.kind, "\(name) is a \(family.kind) already, not a \(M.kind)")
      precondition(family.help == help, "\(name) has another help text already")
      if let known = family.series[labels] as? M { return known }
      let new = make()
      family.series[labels] = new
      families[name] = family
      return new
    }
  }
}
