import DirectRuntime
import FlintCore
import FlintDatasets

// Runs chains of transformations, and prints of each what it gave and whose functions ran: those of one loop stand together.
// The debug build fuses nothing, so both builds together show that a fused loop gives what batches give.

struct Trip: Hashable, Sendable {
  var city: String
  var zone: Int
  var fare: Double

  init(_ number: Int) {
    city = number % 3 == 0 ? "c\(number % 16)" : "a-long-city-name-\(number % 40)"
    zone = number * 7919 % 101
    fare = Double(number % 1000) / 4
  }
}

struct OddFare: Error { let fare: Double }

/// Runs one chain, and prints its name, its result and whose functions ran.
func check(_ name: String, _ body: @Sendable (Session) async throws -> String) async throws {
  try await DirectRuntime.use { flint, runtime in
    let result: String
    do { result = try await body(flint) } catch let error as FlintError { result = "\(error.what) at \(error.line)" }
    print("\(name): \(result) | \(runtime.record.entered.sorted().joined(separator: "; "))")
  }
}

extension FlintError {
  var line: Int { location?.line ?? 0 }
}

/// A text of rows in any order.
func text<Row>(_ rows: [Row]) -> String { rows.map { "\($0)" }.sorted().joined(separator: " ") }

/// A dataset of which the compiler knows nothing.
@inline(never)
@_optimize(none)
func trips(_ flint: Session) -> Dataset<Trip> { flint.range(0..<20_000, partitions: 3).map { Trip($0) } }

/// A number of which the compiler knows nothing.
@inline(never)
@_optimize(none)
func opaque<Value>(_ value: Value) -> Value { value }

@main struct FusedCheck {
  static func main() async throws {
    try await check("sum by number") { flint in
      text(
        try await flint.range(0..<20_000, partitions: 3).map { Trip($0) }.filter { $0.fare > 20 }
          .map { ($0.zone, $0.fare) }.reduceByKey(+).collect())
    }
    try await check("sum by text") { flint in
      text(
        try await flint.range(0..<20_000, partitions: 3).map { Trip($0) }.filter { $0.fare > 20 }
          .map { ($0.city, $0.fare) }.reduceByKey(+).collect())
    }
    try await check("figures of groups") { flint in
      text(
        try await flint.range(0..<20_000).map { Trip($0) }.grouped { $0.city }.aggregate(.max(\.fare), .count).collect()
      )
    }
    try await check("distinct rows") { flint in
      text(try await flint.range(0..<20_000).map { Trip($0) }.map { $0.city }.distinct().collect())
    }
    try await check("words") { flint in
      text(
        try await flint.parallelize((0..<999).map { "a b\($0 % 7)  and-a-longer-word" }).words().map { ($0, 1) }
          .reduceByKey(+).collect())
    }
    try await check("rows") { flint in
      text(
        try await flint.range(0..<2_000).map { Trip($0) }.compactMap { $0.zone < 9 ? $0.city : nil }
          .keyBy { $0.utf8.count }.mapValues { $0 + "!" }.collect())
    }
    try await check("kept in between") { flint in
      text(
        try await flint.range(0..<20_000).map { Trip($0) }.filter { $0.zone < 9 }.persist().map { $0.fare }
          .filter { $0 > 240 }.collect())
    }
    try await check("two keys") { flint in
      text(try await flint.range(0..<999).map { (($0 % 3, "\($0 % 2)"), $0) }.reduceByKey(+).collect())
    }
    try await checkUnfolded()
    try await checkFailures()
  }

  /// Chains that the compiler cannot fold as a whole.
  static func checkUnfolded() async throws {
    try await check("a captured number") { flint in
      let least = opaque(20.0)
      return text(
        try await flint.range(0..<20_000).map { Trip($0) }.filter { $0.fare > least }.map { ($0.zone, $0.fare) }
          .reduceByKey(+).collect())
    }
    try await check("a dataset from elsewhere") { flint in
      text(
        try await trips(flint).filter { $0.fare > 20 }.map { ($0.zone, $0.fare) }.reduceByKey(+).collect())
    }
  }

  /// What a function throws that is one of several in a loop.
  static func checkFailures() async throws {
    try await check("a throwing filter") { flint in
      text(
        try await flint.range(0..<20_000).map { Trip($0) }
          .filter { if $0.fare == 77 { throw OddFare(fare: $0.fare) } else { true } }
          .map { ($0.zone, $0.fare) }.reduceByKey(+).collect())
    }
    try await check("a throwing merge") { flint in
      text(
        try await flint.range(0..<20_000).map { Trip($0) }.map { ($0.zone, $0.fare) }
          .reduceByKey { if $1 == 77 { throw OddFare(fare: $1) } else { $0 + $1 } }.collect())
    }
  }
}
