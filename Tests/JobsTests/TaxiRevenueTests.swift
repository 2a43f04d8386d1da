import BuiltPrograms
import FlintCore
import Testing

@Suite("TaxiRevenueTyped", .serialized)
struct TaxiRevenueTests {
  /// `hour,zone,service,revenue,trips`, as zcat and awk have it; $1 is the service and $2 the column of its zone.
  private static let oracle = """
    zcat input/$1/2020/*.csv.gz | grep -v ^VendorID | awk -F, -v service=$1 -v zone=$2 '
      $2 >= "2020" { key = substr($2, 1, 13) "," $zone "," service; cents[key] += sprintf("%.0f", $17 * 100); n[key]++ }
      END {
        for (key in cents) {
          amount = cents[key] < 0 ? -cents[key] : cents[key]
          printf "%s,%s%d.%02d,%d\\n", key, cents[key] < 0 ? "-" : "", int(amount / 100), amount % 100, n[key]
        }
      }'
    """

  @Test("its answer is that of zcat and awk, and the expected one", arguments: Master.allCases, TestSize.builds)
  func answer(master: Master, build: BuiltProgram.Build) async throws {
    try await Workplace.use { place in
      let sizes = TestSize.isFull ? ["2000000", "200000"] : ["20000", "4000"]
      _ = try await Shell.run(
        "python3 -B \"$1\" input --yellow $2 --green $3", [Job.taxiRevenue.generator.string] + sizes, in: place.folder)
      let inputs = ["--input-green", "input/green/*/", "--input-yellow", "input/yellow/2020/*.csv.gz"]
      let job = try await JobRun.start(
        BuiltProgram(Job.taxiRevenue.program, build), inputs + ["--output", "output"], on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      let script =
        "oracle() { \(Self.oracle)\n}; diff <(cat output/part-* | sort) <((oracle green 6; oracle yellow 8) | sort)"
      _ = try await Shell.run(script, [], in: place.folder)
      if !TestSize.isFull {
        let hash = try await Shell.run("cat output/part-* | sort | sha256sum | cut -d ' ' -f 1", [], in: place.folder)
        let expected = try await Job.taxiRevenue.expectedHash(place)
        #expect(expected == hash.dropLast())
      }
      try await place.expectNothingLeft(of: job)
    }
  }
}
