import FlintCore
import Testing

@Suite("Metrics")
struct MetricsTests {
  @Test("many threads lose no increment, no addition and no measurement")
  func contention() async {
    let registry = MetricRegistry()
    let counter = registry.counter("a_total", help: "")
    let gauge = registry.gauge("b", help: "")
    let histogram = registry.histogram("c", help: "", bounds: [1, 2])
    let start = Rendezvous(count: 2)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<2 {
        group.addTask {
          await start.meet()
          for number in 0..<600_000 {
            counter.increment(by: 2)
            gauge.add(1)
            histogram.observe(Double(number % 3) + 0.5)
          }
        }
      }
    }
    #expect(counter.value == 2_400_000)
    #expect(gauge.value == 1_200_000)
    #expect(histogram.count == 1_200_000)
    #expect(histogram.sum == 1_200_000 * 1.5)
  }

  @Test("one name with one set of labels is one metric, whatever the order of the labels")
  func identity() {
    let registry = MetricRegistry()
    let first = registry.counter("rows_total", help: "Rows.", labels: ["a": "1", "b": "2"])
    #expect(first === registry.counter("rows_total", help: "Rows.", labels: ["b": "2", "a": "1"]))
    #expect(first !== registry.counter("rows_total", help: "Rows.", labels: ["a": "1"]))
  }

  /// The page below was read by Python's prometheus_client 0.26 (`text_string_to_metric_families`): it found these
  /// families, types, help texts, labels and values. Whoever changes it lets an outside reader look at it again.
  @Test("the page is what Prometheus' text format 0.0.4 prescribes")
  func page() {
    let registry = MetricRegistry()
    registry.counter("flint_tasks_total", help: "Tasks.", labels: ["pool": "z"]).increment(by: 3)
    registry.counter("flint_tasks_total", help: "Tasks.", labels: ["pool": "a \"b\" \\ \n é", "host": "h"]).increment()
    registry.gauge("flint_memory_bytes", help: "Bytes \\ in\nuse, \"now\".").set(to: 1.5e300)
    registry.gauge("flint_balance", help: "").set(to: -2)
    registry.gauge("flint_nothing", help: "Not a number.").set(to: .nan)
    registry.gauge("flint_depth", help: "Depth.").set(to: -.infinity)
    let histogram = registry.histogram(
      "flint_wait_seconds", help: "Waits.", bounds: [0.005, 1, 2.5], labels: ["node": "n1"])
    for value in [0.005, 0.25, 1, 2, 100] { histogram.observe(value) }
    _ = registry.histogram("flint_empty", help: "Empty.", bounds: [])
    #expect(
      registry.prometheusText() == #"""
        # HELP flint_balance 
        # TYPE flint_balance gauge
        flint_balance -2
        # HELP flint_depth Depth.
        # TYPE flint_depth gauge
        flint_depth -Inf
        # HELP flint_empty Empty.
        # TYPE flint_empty histogram
        flint_empty_bucket{le="+Inf"} 0
        flint_empty_sum 0
        flint_empty_count 0
        # HELP flint_memory_bytes Bytes \\ in\nuse, "now".
        # TYPE flint_memory_bytes gauge
        flint_memory_bytes 1.5e+300
        # HELP flint_nothing Not a number.
        # TYPE flint_nothing gauge
        flint_nothing NaN
        # HELP flint_tasks_total Tasks.
        # TYPE flint_tasks_total counter
        flint_tasks_total{host="h",pool="a \"b\" \\ \n é"} 1
        flint_tasks_total{pool="z"} 3
        # HELP flint_wait_seconds Waits.
        # TYPE flint_wait_seconds histogram
        flint_wait_seconds_bucket{node="n1",le="0.005"} 1
        flint_wait_seconds_bucket{node="n1",le="1"} 3
        flint_wait_seconds_bucket{node="n1",le="2.5"} 4
        flint_wait_seconds_bucket{node="n1",le="+Inf"} 5
        flint_wait_seconds_sum{node="n1"} 103.255
        flint_wait_seconds_count{node="n1"} 5

        """#)
  }

  @Test("bounds grow by their factor")
  func bounds() {
    #expect(Histogram.bounds(from: 1, factor: 4, count: 4) == [1, 4, 16, 64])
  }

  @Test("a name for two types, two help texts or two sets of bounds ends the program, as does one that is not allowed")
  func refusals() async {
    await #expect(processExitsWith: .failure) {
      let registry = MetricRegistry()
      _ = registry.gauge("a_total", help: "")
      _ = registry.counter("a_total", help: "")
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricRegistry()
      _ = registry.gauge("a", help: "x")
      _ = registry.gauge("a", help: "y", labels: ["b": "c"])
    }
    await #expect(processExitsWith: .failure) {
      let registry = MetricRegistry()
      _ = registry.histogram("a", help: "", bounds: [1])
      _ = registry.histogram("a", help: "", bounds: [2])
    }
    await #expect(processExitsWith: .failure) { _ = MetricRegistry().gauge("1a", help: "") }
    await #expect(processExitsWith: .failure) { _ = MetricRegistry().gauge("a", help: "", labels: ["le": "1"]) }
    await #expect(processExitsWith: .failure) { _ = MetricRegistry().counter("a", help: "") }
  }
}
