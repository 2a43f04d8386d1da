import Flint

/// Adds up what taxis earned and how often they drove, by hour, zone and kind of taxi, from compressed CSV files.
///
///     TaxiRevenueTyped --input-green FILES --input-yellow FILES --output FOLDER
///
/// `FILES` is a file, a folder or a pattern such as `green/2020/*.csv.gz`. Trips before 2020 are errors of the taxis' clocks
/// and are left out. Each line of the output is `hour,zone,service,revenue,trips`.
@main struct TaxiRevenueTyped: FlintApplication {
  struct Options: Decodable, Sendable {
    var inputGreen: String
    var inputYellow: String
    var output: String
  }

  static let summary = "Adds up what taxis earned, by hour, zone and kind of taxi."

  /// What is counted together.
  private struct Place: Hashable {
    var hour: String
    var zone: Int
    var service: Service
  }

  /// One trip, or the sum of some.
  private struct Earned {
    var revenue: Money
    var trips: Int

    static func + (left: Earned, right: Earned) -> Earned {
      Earned(revenue: left.revenue + right.revenue, trips: left.trips + right.trips)
    }
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    let green = trips(of: .green, in: try await flint.textFile(options.inputGreen))
    let yellow = trips(of: .yellow, in: try await flint.textFile(options.inputYellow))
    try await green.union(yellow)
      .filter { place, _ in place.hour >= "2020" }
      .reduceByKey(+)
      .map { place, earned in
        "\(place.hour),\(place.zone),\(place.service.rawValue),\(earned.revenue),\(earned.trips)"
      }
      .saveAsTextFile(options.output)
  }

  /// The trips that a file's lines tell of, without the line of headings.
  private static func trips(of service: Service, in lines: Dataset<String>) -> Dataset<(Place, Earned)> {
    lines
      .fields(",", columns: [service.pickup, service.zone, service.total])
      .filter { fields in !fields[0].hasSuffix("datetime") }
      .map { fields in try trip(of: service, fields) }
  }

  /// One trip. A line that is none ends the job.
  private static func trip(of service: Service, _ fields: [String]) throws -> (Place, Earned) {
    // 2020-01-31 17:05:59, of which the hour is `2020-01-31 17`.
    guard fields[0].utf8.count == 19, let zone = Int(fields[1]), let revenue = Money(fields[2]) else {
      throw NoTrip(fields: fields)
    }
    let place = Place(hour: String(fields[0].prefix(13)), zone: zone, service: service)
    return (place, Earned(revenue: revenue, trips: 1))
  }
}

/// A line that is no trip.
struct NoTrip: Error {
  var fields: [String]
}
