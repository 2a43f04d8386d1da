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
  }

  static func run(_ flint: Session, _ options: Options) async throws {
    let green = try trips(of: .green, in: flint.textFile(options.inputGreen))
    let yellow = try trips(of: .yellow, in: flint.textFile(options.inputYellow))
    try await green.union(yellow)
      .filter { place, _ in place.hour >= "2020" }
      .reduceByKey { Earned(revenue: $0.revenue + $1.revenue, trips: $0.trips + $1.trips) }
      .map { place, earned in
        "\(place.hour),\(place.zone),\(place.service.rawValue),\(earned.revenue),\(earned.trips)"
      }
      .saveAsTextFile(options.output)
  }

  /// The trips that a file's lines tell of, without the line of headings. A line that is no trip ends the job.
  private static func trips(of service: Service, in lines: Dataset<String>) throws -> Dataset<(Place, Earned)> {
    lines
      .filter { !$0.hasPrefix("VendorID") }
      .fields(",")
      .map { fields in
        guard
          let zone = Int(fields[service.zone]), let revenue = Money(fields[service.total]),
          // 2020-01-31 17:05:59, of which the hour is `2020-01-31 17`.
          fields[service.pickup].utf8.count == 19
        else { throw NoTrip(line: fields.joined(separator: ",")) }
        let hour = String(fields[service.pickup].prefix(13))
        return (Place(hour: hour, zone: zone, service: service), Earned(revenue: revenue, trips: 1))
      }
  }
}

/// A line that is no trip.
struct NoTrip: Error {
  var line: String
}
