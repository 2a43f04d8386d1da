internal import FlintCore

/// A search for planted bugs, to show that a harness finds them: under each job that can have a bug, how many seeds that took.
public struct BugHunt {
  /// A job, and the seeds under which its bugs are to be found.
  public struct Ground: Sendable {
    let job: SimulationJob
    let seeds: Range<UInt64>

    /// `seeds` of `job`.
    public init(_ job: SimulationJob, _ seeds: Range<UInt64>) {
      self.job = job
      self.seeds = seeds
    }
  }

  /// What was seen of one bug under one job.
  private enum Finding {
    case found(after: Int, SimulationOutcome)
    case missed(after: Int)
    /// The seed fails without the bug as well.
    case unsound(SimulationOutcome)
  }

  private let grounds: [Ground]
  private let output: (String) -> Void

  /// A hunt on `grounds`. `output` gets the lines of a table in Markdown.
  init(_ grounds: [Ground], output: @escaping (String) -> Void) {
    self.grounds = grounds
    self.output = output
  }

  /// Looks for each bug, or for the one that is named. Returns whether each was found by somebody, under a seed that is sound
  /// without it.
  func run(only name: String?) -> Bool {
    output("| bug | what it breaks | seeds until it is found | what tells |")
    output("|---|---|---|---|")
    var (count, missing) = (0, 0)
    for (bug, effect) in bugs where name == nil || bug == name {
      count += 1
      let isFound = hunt(bug, effect)
      missing += isFound ? 0 : 1
    }
    output("")
    output("\(count) bugs, \(missing) not found")
    return count > 0 && missing == 0
  }

  /// All that the jobs can have, in the order of their names.
  private var bugs: [(key: String, value: String)] {
    grounds.reduce(into: [:]) { $0.merge($1.job.plantedBugs) { first, _ in first } }.sorted { $0.key < $1.key }
  }

  private func hunt(_ bug: String, _ effect: String) -> Bool {
    let findings = grounds.filter { $0.job.plantedBugs[bug] != nil }.map { ($0, find(bug, on: $0)) }
    let places = findings.map { ground, finding in "\(ground.job.name): \(words(for: finding, of: ground.job))" }
    var reason = ""
    for (_, finding) in findings.reversed() {
      if case .found(_, let outcome) = finding { reason = outcome.failure ?? "" }
    }
    output("| `\(bug)` | \(effect) | \(places.joined(separator: "; ")) | \(Self.shown(reason)) |")
    return !reason.isEmpty && !findings.contains { if case .unsound = $0.1 { true } else { false } }
  }

  private func find(_ bug: String, on ground: Ground) -> Finding {
    for seed in ground.seeds {
      let outcome = SimulationRun(ground.job, seed: seed, plantedBug: bug).run()
      guard outcome.failure != nil else { continue }
      let sound = SimulationRun(ground.job, seed: seed, plantedBug: nil).run()
      guard sound.failure == nil else { return .unsound(sound) }
      return .found(after: Int(seed - ground.seeds.lowerBound) + 1, outcome)
    }
    return .missed(after: ground.seeds.count)
  }

  private func words(for finding: Finding, of job: SimulationJob) -> String {
    switch finding {
    case .found(let count, let outcome): "\(count)\(job.subject.map { " (\($0(outcome.seed)))" } ?? "")"
    case .missed(let count): "not in \(count)"
    case .unsound(let outcome): "SEED \(outcome.seed) FAILS WITHOUT IT: \(outcome.failure ?? "")"
    }
  }

  /// The start of a failure, fit for a cell of a table.
  private static func shown(_ failure: String) -> String {
    let text = String(failure.prefix { !$0.isNewline }.replacing("|", with: "/"))
    return text.count > shownLength ? "\(text.prefix(shownLength))…" : text
  }

  private static let shownLength = 110
}
