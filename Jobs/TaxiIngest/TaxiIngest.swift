import Flint

/// Takes compressed CSV files of green taxis in as Parquet files, with known types.
///
///     TaxiIngest --input FILES --output FOLDER
@main struct TaxiIngest: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
  }

  static let summary = "Takes compressed CSV files of trips in as Parquet files."

  /// Whole numbers stand in the files as `1.0`.
  private static let columns = """
    VendorID double, lpep_pickup_datetime timestamp, lpep_dropoff_datetime timestamp, store_and_fwd_flag string,
    RatecodeID double, PULocationID double, DOLocationID double, passenger_count double, trip_distance double,
    fare_amount double, extra double, mta_tax double, tip_amount double, tolls_amount double, ehail_fee double,
    improvement_surcharge double, total_amount double, payment_type double, trip_type double,
    congestion_surcharge double
    """

  private static let whole = [
    "VendorID", "RatecodeID", "PULocationID", "DOLocationID", "passenger_count", "payment_type", "trip_type",
  ]

  static func run(_ flint: Session, _ options: Options) async throws {
    // Not by the order of the columns alone: a file with another header is refused.
    let read = flint.read.option("header", "true").option("mode", "failfast").option("enforceSchema", "false")
      .schema(columns).csv(options.input)
    let typed = whole.reduce(read) { $0.cast($1, to: "int") }
    try await typed.repartition(4).write.mode(.overwrite).parquet(options.output)
    try await flint.read.parquet(options.output).printSchema()
  }
}
