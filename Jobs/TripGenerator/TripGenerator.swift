import Flint

/// Makes a year of trips for the other jobs, the same ones for the same seed.
///
///     TripGenerator --output FOLDER [--form parquet|csv|forHire] [--trips 2000000] [--seed 1]
///
/// `parquet` gives `FOLDER/green/2020/01/` and so on for both kinds of taxis, `csv` the same as `.csv.gz` with whole numbers
/// written as `1.0`, `forHire` the trips of hired cars in `FOLDER/trips/` and a table of all zones in `FOLDER/zones/`. The
/// data has what real files have: nulls, clocks that are years off, fares below zero.
@main struct TripGenerator: FlintApplication {
  enum Form: String, Decodable { case parquet, csv, forHire }

  struct Options: ApplicationOptions {
    var output = ""
    var form = Form.parquet
    var trips = 2_000_000
    var seed = 1
  }

  static let summary = "Makes a year of taxi trips, or of trips of hired cars."

  static func run(_ flint: Session, _ options: Options) async throws {
    guard options.form != .forHire else { return try await hireCars(flint, options) }
    for service in Service.allCases {
      let count = service == .green ? options.trips / 11 : options.trips - options.trips / 11
      for month in 1...12 {
        let numbers = count * (month - 1) / 12..<count * month / 12
        let seed = UInt64(options.seed) &* 2 &+ (service == .green ? 1 : 0)
        let trips = flint.range(numbers, partitions: options.form == .csv ? 1 : nil)
          .map { Trip(number: $0, month: month, seed: seed) }.toDF()
        let folder = "\(options.output)/\(service.rawValue)/2020/\(month < 10 ? "0" : "")\(month)"
        if options.form == .csv {
          try await trips.select(service.columns.map { $0.replacing("{whole}", with: "double") })
            .write.option("header", "true").option("compression", "gzip").csv(folder)
        } else {
          try await trips.select(service.columns.map { $0.replacing("{whole}", with: "int") }).write.parquet(folder)
        }
      }
    }
  }

  private static func hireCars(_ flint: Session, _ options: Options) async throws {
    let seed = UInt64(options.seed)
    try await flint.range(0..<options.trips).map { HiredTrip(number: $0, seed: seed) }.toDF(
      "hvfhs_license_num", "dispatching_base_num", "pickup_datetime", "dropoff_datetime", "PULocationID",
      "DOLocationID",
      "SR_Flag"
    ).write.option("header", "true").csv("\(options.output)/trips")
    let boroughs = ["Bronx", "Brooklyn", "EWR", "Manhattan", "Queens", "Staten Island"]
    try await flint.range(1..<266, partitions: 1)
      .map { Zone(id: Int32($0), borough: boroughs[$0 % boroughs.count], name: "Zone \($0)") }
      .toDF("LocationID", "Borough", "Zone").write.option("header", "true").csv("\(options.output)/zones")
  }
}

/// A row of the table of zones.
struct Zone {
  var id: Int32
  var borough: String
  var name: String
}
