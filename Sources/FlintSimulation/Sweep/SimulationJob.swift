internal import FlintCore

/// Something to simulate under many seeds.
public struct SimulationJob: Sendable {
  /// What `--job` calls it.
  public let name: String
  /// What it shows, in one line.
  public let summary: String
  /// The bugs that the code under test can be given, by name, each with what it breaks.
  public let plantedBugs: [String: String]
  /// How much virtual time one run may take; a run that is not over by then hangs.
  public let timeLimit: Duration
  /// The probes that must have fired somewhere in a sweep of at least ``SeedSweep/probedSeedCount`` seeds: a fault that
  /// never happened was not survived.
  public let mustFire: [String]
  /// The command that runs a seed again without some of its parts; nil for `Scripts/simulate`.
  let replay: (@Sendable (UInt64, [String]) -> String)?
  /// What a seed stands for, in a word; nil when that is nothing but chance.
  let subject: (@Sendable (UInt64) -> String)?
  let scenario: @Sendable (Simulation) async throws -> Void

  /// A job whose `scenario` throws when something is not as it must be.
  public init(
    name: String, summary: String, plantedBugs: [String: String] = [:], timeLimit: Duration = .seconds(600),
    mustFire: [String] = [], replay: (@Sendable (UInt64, [String]) -> String)? = nil,
    subject: (@Sendable (UInt64) -> String)? = nil, scenario: @escaping @Sendable (Simulation) async throws -> Void
  ) {
    self.name = name
    self.summary = summary
    self.plantedBugs = plantedBugs
    self.timeLimit = timeLimit
    self.mustFire = mustFire
    self.replay = replay
    self.subject = subject
    self.scenario = scenario
  }
}
