import Flint

/// Adds up what taxis earned and how often they drove, by hour and zone, with rows and keys of types of its own: from Parquet
/// files to Parquet files.
///
///     TaxiTyped --input_green FILES --input_yellow FILES --output FOLDER
///
/// Trips before 2020 are errors of the taxis' clocks and are left out.
@main struct TaxiTyped: FlintApplication {
  struct Options: Decodable, Sendable {
    var inputGreen: String
    var inputYellow: String
    var output: String
  }

  static let summary = "Adds up what taxis earned, by hour and zone."

  private struct Trip {
    var pickup: Timestamp
    var zone: Int32
    var amount: Double

    /// The hour in which it began.
    var hour: Timestamp {
      let hour: Int64 = 3_600_000_000
      let rest = pickup.microseconds % hour
      return Timestamp(microseconds: pickup.microseconds - (rest < 0 ? rest + hour : rest))
    }
  }

  private struct Place: Hashable {
    var hour: Timestamp
    var zone: Int32
  }

  /// One trip, or the sum of some.
  private struct Earned {
    var amount: Double
    var trips: Int

    static func + (left: Earned, right: Earned) -> Earned {
      Earned(amount: left.amount + right.amount, trips: left.trips + right.trips)
    }
  }

  private struct Revenue {
    var hour: Timestamp
    var zone: Int32
    var revenue: Double
    var trips: Int
  }

  /// 2020-01-01.
  private static let start = Timestamp(microseconds: 1_577_836_800_000_000)

  static func run(_ flint: Session, _ options: Options) async throws {
    let start = start
    let green = try await trips(flint.read.parquet(options.inputGreen), prefix: "lpep")
    let yellow = try await trips(flint.read.parquet(options.inputYellow), prefix: "tpep")
    try await green.union(yellow)
      .filter { $0.pickup >= start }
      .map { (Place(hour: $0.hour, zone: $0.zone), Earned(amount: $0.amount, trips: 1)) }
      .reduceByKey(+)
      .map { Revenue(hour: $0.hour, zone: $0.zone, revenue: $1.amount, trips: $1.trips) }
      .toDF()
      .write.mode(.overwrite).parquet(options.output)
  }

  private static func trips(_ all: DataFrame, prefix: String) async throws -> Dataset<Trip> {
    try await all
      .select("\(prefix)_pickup_datetime AS pickup", "PULocationID AS zone", "total_amount AS amount")
      .dropna()
      .as(Trip.self)
  }
}
