import FlintCore

/// A job in the folder `Jobs`.
struct Job: Sendable {
  let program: String

  static let wordCount = Job(program: "WordCount")
  static let teraSort = Job(program: "TeraSort")
  static let taxiRevenue = Job(program: "TaxiRevenueTyped")
  static let revenue = Job(program: "TaxiRevenue")
  static let typed = Job(program: "TaxiTyped")
  static let duration = Job(program: "TaxiDuration")
  static let ingest = Job(program: "TaxiIngest")
  static let forHire = Job(program: "ForHireTrips")
  static let trips = Job(program: "TripGenerator")
  static let hourly = Job(program: "TaxiHourly")
  static let accounting = Job(program: "AccountStatistics")
  static let join = Job(program: "JoinAggregate")

  var generator: FilePath { Repository.jobs / program / "generate.py" }
  var validator: FilePath { Repository.jobs / program / "validate.py" }

  /// The hash that stands in its `expected.txt`.
  func expectedHash(_ place: Workplace) async throws -> String {
    let text = String(decoding: try await place.read(Repository.jobs / program / "expected.txt"), as: UTF8.self)
    let line = text.split(separator: "\n").first { $0.hasPrefix("sha256") }
    return line.map { String($0.split(separator: " ")[1]) } ?? ""
  }
}
