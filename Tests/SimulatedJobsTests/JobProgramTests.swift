import FlintDatasets
import FlintTesting
import Glibc
import Testing

@testable import TaxiRevenueTyped
@testable import TeraSort
@testable import WordCount

/// The programs themselves, under random faults: the right output, or an error that a fault explains.
@Suite("Jobs on simulated clusters", .serialized, .timeLimit(.minutes(60)))
struct JobProgramTests {
  private static let seeds: Range<UInt64> =
    getenv("TEST_SIZE").map { String(cString: $0) } == "full" ? 0..<1000 : 0..<40

  @Test("WordCount counts every word")
  func wordCount() async throws {
    try await Chaos.simulate(seeds: Self.seeds) { session in
      let lines = (0..<40).map { "w\($0 % 3) w\($0 % 7)  w\($0)" }
      let (input, output) = ("\(Chaos.sharedFolder)/input", "\(Chaos.sharedFolder)/output")
      try await session.parallelize(lines, partitions: 3).saveAsTextFile(input)
      try await WordCount.run(session, WordCount.Options(input: "\(input)/part-*", output: output))
      let found = try await session.textFile("\(output)/part-*").collect().sorted()
      let counts = lines.flatMap { $0.split(separator: " ") }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      let wanted = counts.map { "\($0.key)\t\($0.value)" }.sorted()
      try Chaos.require(found == wanted, "words were counted as \(found)")
    }
  }

  @Test("TeraSort's parts are one sorted file")
  func teraSort() async throws {
    try await Chaos.simulate(seeds: Self.seeds) { session in
      let lines = (0..<60).map { number in
        let key = String(number * 7919 % 1009, radix: 26)
        return key + String(repeating: "k", count: 10 - key.utf8.count) + " \(number)\r"
      }
      let (input, output) = ("\(Chaos.sharedFolder)/input", "\(Chaos.sharedFolder)/output")
      try await session.parallelize(lines, partitions: 3).saveAsTextFile(input)
      try await TeraSort.run(session, TeraSort.Options(input: "\(input)/part-*", output: output, partitions: 4))
      let found = try await session.textFile("\(output)/part-*", partitions: 1, lines: .lineFeed).collect()
      try Chaos.require(found == lines.sorted(), "lines were sorted to \(found)")
    }
  }

  @Test("TaxiRevenueTyped adds up every trip since 2020")
  func taxiRevenue() async throws {
    try await Chaos.simulate(seeds: Self.seeds) { session in
      let folder = Chaos.sharedFolder
      // Time, zone and total where each kind of taxi has them; one trip of each is older than the job wants.
      func lines(zone: Int) -> [String] {
        (0..<30).map { trip in
          var fields = [String](repeating: "", count: 17)
          fields[1] = "20\(trip == 7 ? 19 : 20)-01-31 0\(trip % 3):05:59"
          fields[zone] = "\(trip % 4)"
          fields[16] = "\(trip).5"
          return fields.joined(separator: ",")
        }
      }
      try await session.parallelize(lines(zone: 5), partitions: 2).saveAsTextFile("\(folder)/green")
      try await session.parallelize(lines(zone: 7), partitions: 2).saveAsTextFile("\(folder)/yellow")
      try await TaxiRevenueTyped.run(
        session,
        TaxiRevenueTyped.Options(
          inputGreen: "\(folder)/green/part-*", inputYellow: "\(folder)/yellow/part-*", output: "\(folder)/output"))
      let found = try await session.textFile("\(folder)/output/part-*").collect().sorted()
      var cents: [String: (sum: Int, trips: Int)] = [:]
      for service in ["green", "yellow"] {
        for trip in 0..<30 where trip != 7 {
          let place = "2020-01-31 0\(trip % 3),\(trip % 4),\(service)"
          cents[place, default: (0, 0)].sum += 100 * trip + 50
          cents[place, default: (0, 0)].trips += 1
        }
      }
      let wanted = cents.map { place, all in
        "\(place),\(all.sum / 100).\(all.sum % 100 == 0 ? "00" : "\(all.sum % 100)"),\(all.trips)"
      }
      try Chaos.require(found == wanted.sorted(), "revenue was added up to \(found)")
    }
  }
}
