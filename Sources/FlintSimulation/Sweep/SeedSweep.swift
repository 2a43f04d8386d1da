internal import FlintCore

/// A job under a range of seeds, one after another, with a report.
public struct SeedSweep {
  private let job: SimulationJob
  private let seeds: Range<UInt64>
  private let plantedBug: String?
  /// Gets the lines of the report.
  private let output: (String) -> Void

  /// From this many seeds on, a sweep must have fired all that its job names in ``SimulationJob/mustFire``.
  public static let probedSeedCount = 200
  /// How many lines of a failed run's trace are shown.
  private static let shownEventCount = 200
  /// How many failed seeds are told in full.
  private static let shownFailureCount = 3

  /// A sweep of `job` over `seeds`, with the named bug planted.
  public init(
    _ job: SimulationJob, seeds: Range<UInt64>, plantedBug: String? = nil, output: @escaping (String) -> Void
  ) {
    self.job = job
    self.seeds = seeds
    self.plantedBug = plantedBug
    self.output = output
  }

  /// Runs every seed. Returns whether none failed and every probe fired.
  public func run() -> Bool {
    var failures: [SimulationOutcome] = []
    var hash: UInt64 = 0
    var eventCount = 0
    var time = Duration.zero
    var probes: [String: Int] = [:]
    for seed in seeds {
      let outcome = SimulationRun(job, seed: seed, plantedBug: plantedBug).run()
      hash = SplitMix64.mixed(hash ^ outcome.traceHash)
      eventCount += outcome.eventCount
      time += outcome.simulatedTime
      probes.merge(outcome.probes) { $0 + $1 }
      guard let failure = outcome.failure else { continue }
      failures.append(outcome)
      if failures.count <= SeedSweep.shownFailureCount { report(outcome, failure) }
    }
    if failures.count > SeedSweep.shownFailureCount {
      output("… and \(failures.count - SeedSweep.shownFailureCount) more failed seeds")
    }
    let missing = seeds.count < SeedSweep.probedSeedCount ? [] : job.mustFire.filter { probes[$0] == nil }
    for name in missing { output("PROBE \(name) never fired in \(seeds.count) seeds: the sweep did not test it") }
    output("probes: " + probes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    output("events=\(eventCount) simulatedSeconds=\(time.components.seconds)")
    conclude(failures.count, hash)
    return failures.isEmpty && missing.isEmpty
  }

  /// Runs one seed and writes its whole trace. Returns whether it passed.
  public func replay(_ seed: UInt64) -> Bool {
    let outcome = SimulationRun(job, seed: seed, plantedBug: plantedBug, record: output).run()
    output("seed \(seed): \(outcome.failure ?? "passed")")
    conclude(outcome.failure == nil ? 0 : 1, SplitMix64.mixed(outcome.traceHash))
    return outcome.failure == nil
  }

  /// The last line: a sweep of one seed and its replay agree on it.
  private func conclude(_ failureCount: Int, _ hash: UInt64) {
    let digits = String(hash, radix: 16)
    let trace = String(repeating: "0", count: 16 - digits.count) + digits
    output("\(seeds.count) seed\(seeds.count == 1 ? "" : "s"), \(failureCount) failed, trace \(trace)")
  }

  private func report(_ outcome: SimulationOutcome, _ failure: String) {
    var lines: [String] = []
    let again = SimulationRun(job, seed: outcome.seed, plantedBug: plantedBug) { lines.append($0) }.run()
    output("seed \(outcome.seed) FAILED: \(failure)")
    if again.traceHash != outcome.traceHash {
      output("  and does not replay: trace \(again.traceHash) instead of \(outcome.traceHash)")
    }
    for line in lines.suffix(SeedSweep.shownEventCount) { output("  \(line)") }
    let bug = plantedBug.map { " --bug \($0)" } ?? ""
    output("  replay: Scripts/simulate --job \(job.name)\(bug) --seed \(outcome.seed)")
  }
}
