internal import FlintChaos
internal import FlintCore
internal import FlintSimulation
internal import FlintTesting
internal import LineageGraphs
internal import Scenarios
internal import SchedulingModel

extension SimulationJob {
  /// The scenarios' jobs, each once.
  private static let plannedScenarios: [Scenario] = Scenarios.all.reduce(into: []) { scenarios, scenario in
    if !scenarios.contains(where: { $0.job.name == scenario.job.name }) { scenarios.append(scenario) }
  }

  /// A job's plan as a whole cluster logs it, and as the deciders alone do: the jobs and stages of both must be the same.
  static let scenarioPlans = SimulationJob(
    name: "scenario-plans",
    summary:
      "the deciders alone plan a scenario's job as a whole cluster does, one job a seed: \(plannedScenarios.count)",
    timeLimit: .seconds(2_000_000), subject: { planned(by: $0).job.name }
  ) { simulation in
    let scenario = planned(by: simulation.seed)
    let limits = try ScenarioRun.limits(of: scenario)
    let program = try await ProgramReader(simulation: simulation, scenario: scenario, limits: limits).read()
    simulation.tell("job: \(scenario.job.name), \(program.jobs.count) jobs")
    // What fails or is cancelled ends somewhere in its plan.
    guard program.mishaps.isEmpty, program.jobs.allSatisfy({ $0.cancelledAfter == nil }) else {
      return simulation.probe("plan.cut short")
    }
    simulation.probe("plan.compared")
    let calm = Scenario(
      scenario.name, scenario.summary, numbers: [], on: scenario.cluster, settings: scenario.settings,
      limits: scenario.limits, job: scenario.job, faults: [])
    let world = SchedulingWorld(WorldScript(calm, program, limits: limits), seed: simulation.seed)
    let violation = world.run()
    try simulation.require(violation == nil, violation ?? "")
    let plan = ClusterPlan(scenario.cluster, settings: scenario.settings, limits: limits)
    let outcome = try await ClusterRun(simulation, plan, faults: [], outputs: scenario.job.outputs).run {
      session, ground in
      try await scenario.job.run(session, ground)
    }
    for name in ["jobStarted", "stageSubmitted"] {
      let planned = world.events.filter { $0.name == name }
      for event in planned {
        let count = outcome.books.count(of: .after(name, having: event.fields))
        try simulation.require(count == 1, "the cluster's log has it \(count) times: \(event)")
      }
      let count = outcome.books.count(of: .after(name))
      try simulation.require(
        count == planned.count, "\(name): \(count) in the cluster, \(planned.count) of the deciders alone")
    }
  }

  private static func planned(by seed: UInt64) -> Scenario {
    plannedScenarios[Int(seed % UInt64(plannedScenarios.count))]
  }
}
