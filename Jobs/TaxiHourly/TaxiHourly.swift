import Flint

/// Adds up by hour and zone what passengers paid and how often, for both kinds of taxis side by side, from the trips of a year
/// in Parquet files.
///
///     TaxiHourly --input_green FILES --input_yellow FILES --zones FILES --output FOLDER
///
/// Below the output stand `green` and `yellow`, each in 20 files, `total` with both, and `result`, which names the zones.
@main struct TaxiHourly: FlintApplication {
  struct Options: Decodable, Sendable {
    var inputGreen: String
    var inputYellow: String
    /// LocationID, Borough, Zone and service_zone of each zone.
    var zones: String
    var output: String
  }

  static let summary = "Adds up by hour and zone what passengers of both kinds of taxis paid."

  private static let partitions = 20

  static func run(_ flint: Session, _ options: Options) async throws {
    let green = "\(options.output)/green"
    let yellow = "\(options.output)/yellow"
    try await hours(flint.read.parquet(options.inputGreen), prefix: "lpep", service: "green")
      .repartition(partitions).write.mode(.overwrite).parquet(green)
    try await hours(flint.read.parquet(options.inputYellow), prefix: "tpep", service: "yellow")
      .repartition(partitions).write.mode(.overwrite).parquet(yellow)
    let total = "\(options.output)/total"
    try await flint.read.parquet(green).join(flint.read.parquet(yellow), using: ["hour", "zone"], "full")
      .write.mode(.overwrite).parquet(total)
    flint.read.parquet(total).createOrReplaceTempView("total")
    flint.read.parquet(options.zones).createOrReplaceTempView("zones")
    let result = try await flint.sql(
      """
      SELECT /*+ BROADCAST(zones) */
        hour, green_amount, green_number_records, yellow_amount, yellow_number_records,
        Borough, zones.Zone, service_zone
      FROM total JOIN zones ON total.zone = zones.LocationID
      """)
    try await result.write.mode(.overwrite).parquet("\(options.output)/result")
  }

  /// One kind of taxi: what its trips brought in by hour and zone of their beginning.
  private static func hours(_ trips: DataFrame, prefix: String, service: String) -> DataFrame {
    let hour = "date_trunc('hour', \(prefix)_pickup_datetime) AS hour"
    return trips.where("\(prefix)_pickup_datetime >= TIMESTAMP '2020-01-01 00:00:00'")
      .groupBy(hour, "PULocationID AS zone")
      .agg("SUM(total_amount) AS \(service)_amount", "COUNT(1) AS \(service)_number_records")
  }
}
