package import FlintChaos
package import FlintCore
internal import FlintDriver
internal import FlintLaunch
package import FlintSimulation

/// A scenario in the simulated world, under one seed.
package struct ScenarioRun: Sendable {
  private let simulation: Simulation
  private let scenario: Scenario

  package init(_ scenario: Scenario, in simulation: Simulation) {
    self.scenario = scenario
    self.simulation = simulation
  }

  /// Throws when the scenario's expectation or an invariant does not hold, or a fault has not struck.
  package func run() async throws {
    simulation.tell("scenario: \(scenario.name): \(scenario.summary)")
    let plan = ClusterPlan(scenario.cluster, settings: scenario.settings, limits: try Self.limits(of: scenario))
    let run = ClusterRun(simulation, plan, faults: scenario.faults, outputs: scenario.job.outputs)
    let job = scenario.job
    let outcome = try await run.run { session, ground in try await job.run(session, ground) }
    do {
      try judge(outcome)
    } catch {
      simulation.tell("the last events:")
      for line in outcome.books.lastLines { simulation.tell("  \(line)") }
      throw error
    }
  }

  /// The limits that its settings make, and those that it changes itself.
  package static func limits(of scenario: Scenario) throws -> Limits {
    let configuration = try Configuration(
      registry: .flint, commandLine: scenario.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    var limits = try Limits(settings: configuration)
    scenario.limits(&limits)
    try limits.validate()
    return limits
  }

  private func judge(_ outcome: ClusterOutcome<[String]>) throws {
    for fault in outcome.waitingFaults { try simulation.require(false, "NOT STRUCK: \(fault)") }
    try judgeEnd(outcome)
    for wanted in scenario.expectation.events {
      let count = outcome.books.count(of: wanted)
      try simulation.require(
        count >= wanted.count, "EXPECTED \(wanted): the event log has it \(count) times, not \(wanted.count)")
    }
    for unwanted in scenario.expectation.absentEvents {
      let count = outcome.books.count(of: unwanted)
      try simulation.require(count < unwanted.count, "UNEXPECTED \(unwanted): the event log has it \(count) times")
    }
  }

  private func judgeEnd(_ outcome: ClusterOutcome<[String]>) throws {
    switch (scenario.expectation.end, outcome.answer) {
    case (.answer, .success(let lines)): try requireEqual(lines, scenario.job.reference())
    case (.answer, .failure(let error)): try simulation.require(false, "I1: no answer but \(error)")
    case (.failure(let code, _), .success):
      try simulation.require(false, "I1: an answer instead of \(code.rawValue)")
    case (.failure(let code, let words), .failure(let error)):
      let text = "\(error)"
      try simulation.require((error as? FlintError)?.code == code, "I13: not \(code.rawValue) but \(text)")
      for word in words { try simulation.require(text.contains(word), "I13: \(text) does not say \(word)") }
    case (.none, let answer): try simulation.require(answer == nil, "the driver lives on")
    case (_, nil): try simulation.require(false, "the driver ended with \(outcome.driverExit) and without an answer")
    }
  }

  private func requireEqual(_ lines: [String], _ reference: [String]) throws {
    let (found, wanted) = (lines.sorted(), reference.sorted())
    guard found != wanted else { return }
    let odd = zip(found, wanted).first { $0 != $1 }
    try simulation.require(
      false,
      "I1: WRONG ANSWER of \(found.count) lines instead of \(wanted.count)"
        + (odd.map { ", \($0.0) for \($0.1)" } ?? ""))
  }
}
