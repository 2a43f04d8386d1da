import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Keys of two and three parts, and figures over groups.
@Suite(.bothForms)
struct CompositeKeyTests {
  struct Trip: Sendable {
    var zone: Int
    var hour: Int
    var fare: Double
    var distance: Double
  }

  private static let trips = (0..<500).map {
    Trip(zone: $0 % 7, hour: $0 % 24, fare: Double($0 % 90), distance: Double($0 % 11))
  }

  @Test("tuples are keys, and datasets that were combined by the same ones are joined in place")
  func tuples() async throws {
    let expected = Dictionary(grouping: Self.trips) { "\($0.zone) \($0.hour)" }
    try await DirectRuntime.use { flint, runtime in
      let trips = flint.parallelize(Self.trips, partitions: 3)
      let fares = trips.map { (($0.zone, $0.hour), $0.fare) }.reduceByKey(partitions: 4, +)
      let counts = trips.map { (($0.zone, $0.hour), 1) }.reduceByKey(partitions: 4, +)
      let joined = try await fares.join(counts).collect()
      #expect(runtime.record.tasks == 3 + 3 + 4)
      #expect(joined.count == expected.count)
      #expect(
        joined.allSatisfy { key, values in
          guard let rows = expected["\(key.0) \(key.1)"] else { return false }
          return values.1 == rows.count && values.0 == rows.reduce(0) { $0 + $1.fare }
        })
      let triples = try await trips.map { (($0.zone, $0.hour, $0.fare > 40), 1) }.groupByKey().collect()
      #expect(triples.count == Set(Self.trips.map { "\($0.zone) \($0.hour) \($0.fare > 40)" }).count)
    }
  }

  @Test("groups have sums, means, counts and extremes")
  func figures() async throws {
    let expected = Dictionary(grouping: Self.trips, by: \.zone)
    let found = try await DirectRuntime.use { flint, _ in
      try await flint.parallelize(Self.trips, partitions: 3)
        .grouped { $0.zone }
        .aggregate(.sum(\.fare), .average(\.distance), .count, .max(\.hour))
        .collect()
    }
    #expect(found.count == expected.count)
    for (zone, figures) in found {
      let rows = try #require(expected[zone])
      #expect(figures.0 == rows.reduce(0) { $0 + $1.fare })
      #expect(abs(figures.1 - rows.reduce(0) { $0 + $1.distance } / Double(rows.count)) < 1e-9)
      #expect(figures.2 == rows.count)
      #expect(figures.3 == rows.map(\.hour).max())
    }
  }
}
