import FlintDatasets
import FlintSQL
import FlintTesting
import Glibc
import Testing

@testable import TaxiRevenue

/// The main job under random faults, from Parquet to Parquet.
@Suite("The revenue report on simulated clusters", .serialized, .timeLimit(.minutes(60)))
struct RevenueProgramTests {
  private static let seeds: Range<UInt64> =
    getenv("TEST_SIZE").map { String(cString: $0) } == "full" ? 0..<300 : 0..<15

  @Test("TaxiRevenue adds up every trip, or a fault explains why not")
  func revenue() async throws {
    try await Chaos.simulate(seeds: Self.seeds) { session in
      let folder = Chaos.sharedFolder
      // The zone, month and whole dollars of each trip.
      func trips(_ service: Int) -> [(zone: Int, month: Int, dollars: Int)] {
        (0..<24).map { ($0 % 4, 1 + $0 * service % 3, 10 * $0 + service) }
      }
      func write(_ service: Int, _ prefix: String, to name: String) async throws {
        let rows = trips(service).map { "(\($0.zone), \($0.month), \($0.dollars))" }.joined(separator: ", ")
        try await session.sql(
          """
          SELECT 1 AS VendorID, CAST(concat('2020-0', month, '-15 10:00:00') AS TIMESTAMP) AS \(prefix)_pickup_datetime,
            CAST(concat('2020-0', month, '-15 11:00:00') AS TIMESTAMP) AS \(prefix)_dropoff_datetime, 'N' AS store_and_fwd_flag,
            1 AS RatecodeID, zone AS PULocationID, 1 AS DOLocationID, 1 AS passenger_count, 2.5D AS trip_distance,
            dollars + 0D AS fare_amount, 0.5D AS extra, 0.5D AS mta_tax, 0D AS tip_amount, 0D AS tolls_amount,
            0.3D AS improvement_surcharge, dollars + 1.5D AS total_amount, 1 AS payment_type,
            2.75D AS congestion_surcharge
          FROM VALUES \(rows) AS trips(zone, month, dollars)
          """
        ).repartition(2).write.parquet("\(folder)/\(name)")
      }
      try await write(1, "lpep", to: "green")
      try await write(2, "tpep", to: "yellow")
      try await TaxiRevenue.run(
        session,
        TaxiRevenue.Options(
          inputGreen: "\(folder)/green", inputYellow: "\(folder)/yellow", output: "\(folder)/report"))
      let rows = try await session.read.parquet("\(folder)/report").select(
        "revenue_zone", "month(revenue_month) AS month", "service_type", "CAST(revenue_monthly_fare AS INT) AS fare",
        "avg_montly_trip_distance"
      ).collect()
      let found = rows.map { $0.values.map { "\($0)" }.joined(separator: " ") }.sorted()
      var sums: [String: Int] = [:]
      for (service, name) in [(1, "green"), (2, "yellow")] {
        for trip in trips(service) { sums["\(trip.zone) \(trip.month) \(name)", default: 0] += trip.dollars }
      }
      let wanted = sums.map { "\($0.key) \($0.value) 2.5" }.sorted()
      try Chaos.require(found == wanted, "revenue was added up to \(found), not \(wanted)")
    }
  }
}
