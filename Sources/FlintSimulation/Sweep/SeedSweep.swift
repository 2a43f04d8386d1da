internal import FlintCore

/// A job under a range of seeds, one after another, with a report.
public struct SeedSweep {
  private let job: SimulationJob
  private let seeds: Range<UInt64>
  private let plantedBug: String?
  private let without: Set<String>
  private let endsAtFailure: Bool
  private let commit: String?
  /// Gets the lines of the report.
  private let output: (String) -> Void

  /// From this many seeds on, a sweep must have fired all that its job names in ``SimulationJob/mustFire``.
  public static let probedSeedCount = 200
  /// How many lines of a failed run's trace are shown.
  private static let shownEventCount = 200
  /// How many parts of a failed run are tried to be left out.
  private static let triedPartCount = 60
  /// How many failed seeds are told in full.
  private static let shownFailureCount = 3

  /// A sweep of `job` over `seeds`, with the named bug planted and without the named parts; `commit` is what reports call
  /// the code under test.
  public init(
    _ job: SimulationJob, seeds: Range<UInt64>, plantedBug: String? = nil, without: Set<String> = [],
    endsAtFailure: Bool = false, commit: String? = nil, output: @escaping (String) -> Void
  ) {
    self.job = job
    self.seeds = seeds
    self.plantedBug = plantedBug
    self.without = without
    self.endsAtFailure = endsAtFailure
    self.commit = commit
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
      if endsAtFailure { break }
    }
    if failures.count > SeedSweep.shownFailureCount {
      output("… and \(failures.count - SeedSweep.shownFailureCount) more failed seeds")
    }
    let isShort = seeds.count < SeedSweep.probedSeedCount || (endsAtFailure && !failures.isEmpty)
    let missing = isShort ? [] : job.mustFire.filter { probes[$0] == nil }
    for name in missing { output("PROBE \(name) never fired in \(seeds.count) seeds: the sweep did not test it") }
    output("probes: " + probes.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))
    output("events=\(eventCount) simulatedSeconds=\(time.components.seconds)")
    conclude(failures.count, hash)
    return failures.isEmpty && missing.isEmpty
  }

  /// Runs one seed and writes its whole trace. Returns whether it passed.
  public func replay(_ seed: UInt64) -> Bool {
    let outcome = SimulationRun(job, seed: seed, plantedBug: plantedBug, without: without, record: output).run()
    for line in outcome.details { output("  \(line)") }
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
    output("seed \(outcome.seed) FAILED: \(failure)")
    let again = SimulationRun(job, seed: outcome.seed, plantedBug: plantedBug).run()
    if again.traceHash != outcome.traceHash {
      output("  and does not replay: trace \(again.traceHash) instead of \(outcome.traceHash)")
    }
    if let commit { output("  commit: \(commit)") }
    for line in outcome.details { output("  \(line)") }
    let dropped = shrink(outcome, failure)
    var lines: [String] = []
    let small = SimulationRun(job, seed: outcome.seed, plantedBug: plantedBug, without: Set(dropped)) {
      lines.append($0)
    }.run()
    if !dropped.isEmpty {
      output("  fails without \(dropped.count) of its parts as well: \(small.failure ?? "")")
      for line in small.details { output("    \(line)") }
    }
    for line in lines.suffix(SeedSweep.shownEventCount) { output("  \(line)") }
    output("  replay: \(job.replay?(outcome.seed, dropped) ?? command(outcome.seed, dropped))")
  }

  private func command(_ seed: UInt64, _ dropped: [String]) -> String {
    let bug = plantedBug.map { " --bug \($0)" } ?? ""
    let parts = dropped.isEmpty ? "" : " --without '\(dropped.joined(separator: ","))'"
    return "Scripts/simulate --job \(job.name)\(bug) --seed \(seed)\(parts)"
  }

  /// The parts of a failed run without which it fails in the same way.
  private func shrink(_ outcome: SimulationOutcome, _ failure: String) -> [String] {
    var dropped: [String] = []
    for part in outcome.parts.prefix(SeedSweep.triedPartCount) where !dropped.contains(part) {
      let attempt = SimulationRun(job, seed: outcome.seed, plantedBug: plantedBug, without: Set(dropped + [part])).run()
      if let other = attempt.failure, SeedSweep.kind(of: other) == SeedSweep.kind(of: failure) { dropped.append(part) }
    }
    return dropped
  }

  /// What a failure is called before its particulars.
  private static func kind(of failure: String) -> Substring { failure.prefix { $0 != ":" } }
}
