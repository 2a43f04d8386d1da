public import FlintCore

/// One way in which a cluster is harmed while it runs a job, and what must come of it.
///
/// A scenario is a value and says nothing of the world that it runs in. Three worlds run it:
///
/// - **The machines alone**: the driver's deciders in a loop, without actors, with a model of executors and messages. Which
///   faults they can tell of follows from the faults; a scenario with another one does not run there.
/// - **Simulated**: driver, executors and block services are processes of a simulation; `FlintTesting` runs it, under any
///   seed, in virtual time.
/// - **Real processes**: a program whose `run` calls ``ScenarioJob/run`` is started under `local-cluster` with
///   ``ClusterShape/executorCount`` executors of ``ClusterShape/taskThreads`` threads and with ``settings``. At the event
///   of a fault the driver stands still until a supervisor has done it.
///
/// In each, a fault strikes at an event of the driver's log and never at a time; one that did not strike fails the run;
/// and the expectation is exact: an answer or one named error, never either of them.
public struct Scenario: Sendable {
  /// A world of the whole product that a scenario can run in.
  public enum World: String, CaseIterable, Hashable, Sendable {
    /// The product's own actors on simulated seams.
    case simulated
    /// The product's own programs on this machine.
    case processes
  }

  /// What the command line calls it, such as `executor-killed-after-map-output`.
  public let name: String
  /// What happens, in one line.
  public let summary: String
  /// Which rows of the table of faults it covers, by number; several when they are one.
  public let numbers: [Int]
  /// The worlds of the whole product in which its faults can be done.
  public let worlds: Set<World>
  /// What it runs on.
  public let cluster: ClusterShape
  /// Settings of the product that differ from their defaults, by key.
  public let settings: [String: String]
  /// Limits that differ from their defaults and have no setting. Real processes do not have them; where time is virtual a minute
  /// costs nothing, so a scenario for real processes needs none.
  public let limits: @Sendable (inout Limits) -> Void
  /// What is computed.
  public let job: ScenarioJob
  /// What is done to the cluster, and when.
  public let faults: [PlannedFault]
  /// What must come of it.
  public let expectation: Expectation

  /// A scenario; see the properties for what each part says.
  public init(
    _ name: String, _ summary: String, numbers: [Int], worlds: Set<World> = [.simulated, .processes],
    on cluster: ClusterShape = ClusterShape(), settings: [String: String] = [:],
    limits: @escaping @Sendable (inout Limits) -> Void = { _ in }, job: ScenarioJob, faults: [PlannedFault],
    expect expectation: Expectation = .answer
  ) {
    self.name = name
    self.summary = summary
    self.numbers = numbers
    self.worlds = worlds
    self.cluster = cluster
    self.settings = settings
    self.limits = limits
    self.job = job
    self.faults = faults
    self.expectation = expectation
  }
}
