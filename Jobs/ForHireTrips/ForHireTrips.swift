import Flint

/// Takes the trips of hired cars in as Parquet files, and answers questions about them.
///
///     ForHireTrips --trips FILES --zones FILES --output FOLDER
///
/// Below the output lie `trips` as 24 files of Parquet, and as CSV `days` (trips by day), `longest` (the longest trip of each
/// day), `bases` (trips by the kind of base and its base) and `pairs` (the ways that are driven most often).
@main struct ForHireTrips: FlintApplication {
  struct Options: Decodable, Sendable {
    var trips: String
    var zones: String
    var output: String
  }

  static let summary = "Takes the trips of hired cars in, and answers questions about them."

  private static let columns = """
    hvfhs_license_num string, dispatching_base_num string, pickup_datetime timestamp, dropoff_datetime timestamp,
    PULocationID int, DOLocationID int, SR_Flag int
    """

  /// A short name for a base, by what its number can be divided by.
  private static func shortName(_ base: String) -> String {
    guard let number = Int(base.dropFirst()) else { return "?" }
    let digits = String(number, radix: 16)
    let padded = String(repeating: "0", count: max(0, 3 - digits.utf8.count)) + digits
    if number % 7 == 0 { return "s/" + padded }
    if number % 3 == 0 { return "a/" + padded }
    return "e/" + padded
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    let csv = flint.read.option("header", "true").schema(columns).csv(options.trips)
    try await csv.repartition(24).write.mode(.overwrite).parquet("\(options.output)/trips")
    let trips = flint.read.parquet("\(options.output)/trips")
    trips.createOrReplaceTempView("trips")
    flint.read.option("header", "true").option("inferSchema", "true").csv(options.zones)
      .createOrReplaceTempView("zones")

    let days = trips.groupBy("to_date(pickup_datetime) AS day").agg("count(*) AS trips").orderBy("day")
    try await save(days, "days", options)

    let seconds = "unix_timestamp(dropoff_datetime) - unix_timestamp(pickup_datetime)"
    let longest = trips.withColumn("seconds", seconds).groupBy("to_date(pickup_datetime) AS day")
      .agg("max(seconds) AS seconds").orderBy("day")
    try await save(longest, "longest", options)

    let name = udf("shortName") { (base: String) in shortName(base) }
    let bases = trips.withColumn("base", name(col("dispatching_base_num"))).groupBy("base").count().orderBy("base")
    try await save(bases, "bases", options)

    let pairs = try await flint.sql(
      """
      SELECT concat(p.Zone, ' / ', d.Zone) AS way, count(*) AS trips
      FROM trips t JOIN zones p ON t.PULocationID = p.LocationID JOIN zones d ON t.DOLocationID = d.LocationID
      GROUP BY 1 ORDER BY trips DESC, way LIMIT 10
      """)
    try await save(pairs, "pairs", options)
    try await pairs.show(5, truncate: false)
  }

  private static func save(_ answer: DataFrame, _ name: String, _ options: Options) async throws {
    try await answer.coalesce(1).write.mode(.overwrite).option("header", "true").csv("\(options.output)/\(name)")
  }
}
