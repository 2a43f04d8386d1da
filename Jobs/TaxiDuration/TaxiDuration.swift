import Flint

/// Predicts how long trips take, by a model that is made once for each partition and applied to many trips at a time.
///
///     TaxiDuration --input FILES --output FOLDER
@main struct TaxiDuration: FlintApplication {
  struct Options: Decodable, Sendable {
    var input: String
    var output: String
  }

  static let summary = "Predicts by a model how long trips take."

  private struct Trip {
    var vendor: Int32?
    var pickup: Timestamp?
    var from: Int32?
    var to: Int32?
    var distance: Double
  }

  private struct Prediction {
    var vendor: Int32?
    var pickup: Timestamp?
    var from: Int32?
    var to: Int32?
    var distance: Double
    var minutes: Double
  }

  /// Five minutes for each mile.
  private struct Model {
    var minutesForMile = 5.0

    func predictions(_ distances: [Double]) -> [Double] { distances.map { $0 * minutesForMile } }
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    let predicted = try await flint.read.parquet(options.input)
      .select(
        "VendorID AS vendor", "lpep_pickup_datetime AS pickup", "PULocationID AS `from`", "DOLocationID AS `to`",
        "trip_distance AS distance"
      )
      .dropna("any", ["distance"])
      .as(Trip.self)
      .mapPartitions { trips in
        let model = Model()
        return trips.batches.map { trips in
          let minutes = model.predictions(trips.map(\.distance))
          return zip(trips, minutes).map { trip, minutes in
            Prediction(
              vendor: trip.vendor, pickup: trip.pickup, from: trip.from, to: trip.to, distance: trip.distance,
              minutes: minutes)
          }
        }
      }
      .toDF(
        "VendorID", "lpep_pickup_datetime", "PULocationID", "DOLocationID", "trip_distance", "predicted_duration"
      )
    try await predicted.write.mode(.overwrite).parquet(options.output)
    try await flint.read.parquet(options.output).describe("trip_distance", "predicted_duration").show()
  }
}
