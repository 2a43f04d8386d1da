import DirectRuntime
import FlintCore
import FlintDatasets
import FlintShuffle

// bench-rows WAY KEY ROWS TIMES: the sum of fares by key over trips that were longer than 20, by a loop over an array (`loop`) or by
// operators (`dataset`), so many times that making the trips does not count. It is measured from outside.

struct Trip: Sendable {
  var city: String
  var zone: Int
  var distance: Double
  var fare: Double
}

/// Trips that a generator makes, in an array, as a cached partition would be.
let trips: [Trip] = {
  let count = CommandLine.arguments.count == 5 ? Int(CommandLine.arguments[3]) ?? 0 : 0
  let cities = (0..<256).map { $0 % 2 == 0 ? "c\($0)" : "a-long-city-name-\($0)" }
  var state: UInt64 = 88_172_645_463_325_252
  return (0..<count).map { _ in
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    let number = Int(truncatingIfNeeded: state >> 1)
    return Trip(
      city: cities[number & 255], zone: (number >> 8) % 100_000, distance: Double((number >> 30) & 1023) / 10,
      fare: Double((number >> 40) & 4095) / 100)
  }
}()

func loop<Key: Hashable>(_ key: (Trip) -> Key) -> (Int, Double) {
  let table = AggregationTable<Key, Double>()
  for trip in trips where trip.distance > 20 {
    table.merge(
      contentsOf: CollectionOfOne((key(trip), trip.fare)), key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 })
  }
  var sums: [Double] = []
  table.append(0..<table.count, to: &sums) { $1 }
  return (table.count, sums.reduce(0, +))
}

func zones(_ flint: Session) async throws -> (Int, Double) {
  let sums = try await flint.range(0..<trips.count, partitions: 1).map { trips[$0] }
    .filter { $0.distance > 20 }.map { ($0.zone, $0.fare) }.reduceByKey(+).collect()
  return (sums.count, sums.reduce(0) { $0 + $1.1 })
}

func cities(_ flint: Session) async throws -> (Int, Double) {
  let sums = try await flint.range(0..<trips.count, partitions: 1).map { trips[$0] }
    .filter { $0.distance > 20 }.map { ($0.city, $0.fare) }.reduceByKey(+).collect()
  return (sums.count, sums.reduce(0) { $0 + $1.1 })
}

/// The rows alone, through the operators that hand them to the others.
func source(_ flint: Session) async throws -> (Int, Double) {
  let count = try await flint.range(0..<trips.count, partitions: 1).map { trips[$0] }.count()
  return (count, 0)
}

let times = CommandLine.arguments.count == 5 ? Int(CommandLine.arguments[4]) ?? 1 : 1
let (count, sum) = try await DirectRuntime.use { flint, _ in
  var result = (0, 0.0)
  for _ in 0..<times {
    switch CommandLine.arguments.dropFirst().prefix(2).joined(separator: " ") {
    case "loop zone": result = loop(\.zone)
    case "loop city": result = loop(\.city)
    case "dataset zone": result = try await zones(flint)
    case "dataset city": result = try await cities(flint)
    case "source any": result = try await source(flint)
    default: preconditionFailure("bench-rows loop|dataset zone|city ROWS TIMES, or source any ROWS TIMES")
    }
  }
  return result
}
print("\(count) groups, \(Int(sum))")
