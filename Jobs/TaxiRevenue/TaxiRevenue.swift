import Flint

/// Adds up by zone, month and kind of taxi what passengers paid, from the trips of a year in Parquet files.
///
///     TaxiRevenue --input_green FILES --input_yellow FILES --output FOLDER [--show ROWS]
///
/// `FILES` is a file, a folder or a pattern such as `green/2020/*/`. The output is one Parquet file, in the place of an older
/// one.
@main struct TaxiRevenue: FlintApplication {
  struct Options: Decodable, Sendable {
    var inputGreen: String
    var inputYellow: String
    var output: String
    /// How many rows of the report are printed.
    var show: Int?
  }

  static let summary = "Adds up by zone, month and kind of taxi what passengers paid."

  /// The columns that both kinds of taxis have.
  private static let common = [
    "VendorID", "pickup_datetime", "dropoff_datetime", "store_and_fwd_flag", "RatecodeID", "PULocationID",
    "DOLocationID", "passenger_count", "trip_distance", "fare_amount", "extra", "mta_tax", "tip_amount",
    "tolls_amount", "improvement_surcharge", "total_amount", "payment_type", "congestion_surcharge",
  ]

  private static let revenue = """
    SELECT
      PULocationID AS revenue_zone,
      date_trunc('month', pickup_datetime) AS revenue_month,
      service_type,
      SUM(fare_amount) AS revenue_monthly_fare,
      SUM(extra) AS revenue_monthly_extra,
      SUM(mta_tax) AS revenue_monthly_mta_tax,
      SUM(tip_amount) AS revenue_monthly_tip_amount,
      SUM(tolls_amount) AS revenue_monthly_tolls_amount,
      SUM(improvement_surcharge) AS revenue_monthly_improvement_surcharge,
      SUM(total_amount) AS revenue_monthly_total_amount,
      SUM(congestion_surcharge) AS revenue_monthly_congestion_surcharge,
      AVG(passenger_count) AS avg_montly_passenger_count,
      AVG(trip_distance) AS avg_montly_trip_distance
    FROM trips_data
    GROUP BY 1, 2, 3
    """

  static func run(_ flint: Session, _ options: Options) async throws {
    let green = trips(flint.read.parquet(options.inputGreen), prefix: "lpep", service: "green")
    let yellow = trips(flint.read.parquet(options.inputYellow), prefix: "tpep", service: "yellow")
    let trips = green.union(yellow)
    print(try await trips.groupBy("service_type").count().shown())
    trips.createOrReplaceTempView("trips_data")
    try await flint.sql(revenue).coalesce(1).write.mode(.overwrite).parquet(options.output)
    guard let rows = options.show else { return }
    let report = flint.read.parquet(options.output).orderBy("revenue_zone", "revenue_month", "service_type")
    try await report.show(rows)
  }

  /// The trips of one kind of taxi, with the columns that both have and the kind.
  private static func trips(_ all: DataFrame, prefix: String, service: String) -> DataFrame {
    all
      .withColumnRenamed("\(prefix)_pickup_datetime", "pickup_datetime")
      .withColumnRenamed("\(prefix)_dropoff_datetime", "dropoff_datetime")
      .select(common + ["'\(service)' AS service_type"])
  }
}
