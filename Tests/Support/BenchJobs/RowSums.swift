import Flint
import FlintShuffle

/// Sums by key over trips that were longer than 20, by a job and by a loop with the same table.
enum RowSums {
  static func job(_ flint: Session, _ count: Int) async throws -> (groups: Int, sum: Double) {
    let sums = try await flint.range(0..<count, partitions: 8).map { Trip($0) }
      .filter { $0.distance > 20 }.map { ($0.zone, $0.fare) }.reduceByKey(+).collect()
    return (sums.count, sums.reduce(0) { $0 + $1.1 })
  }

  static func loop(_ count: Int) -> (groups: Int, sum: Double) {
    let table = AggregationTable<Int, Double>()
    for number in 0..<count {
      let trip = Trip(number)
      guard trip.distance > 20 else { continue }
      table.merge(
        contentsOf: CollectionOfOne((trip.zone, trip.fare)), key: { $0.0 }, insert: { $0.1 }, update: { $0 += $1.1 })
    }
    var sums: [Double] = []
    table.append(0..<table.count, to: &sums) { $1 }
    return (table.count, sums.reduce(0, +))
  }
}
