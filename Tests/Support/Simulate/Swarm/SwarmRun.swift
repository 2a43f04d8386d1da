internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintSimulation
internal import FlintTesting

/// One seed of the swarm.
struct SwarmRun {
  let simulation: Simulation

  func run() async throws {
    let plan = SwarmPlan(simulation)
    simulation.tell("lineage: \(plan.description)")
    let run = ClusterRun(simulation, plan.cluster, faults: plan.faults, outputs: plan.outputs) { disk in
      plan.source.prepare(plan.rows, disk)
    }
    let outcome = try await run.run { [simulation] session, ground in
      try await Self.compute(plan, session, ground) { simulation.probe($0) }
    }
    try outcome.requireAnswerOrReason(in: simulation, faults: plan.faults, isTight: plan.cluster.isTight)
  }

  private static func compute(
    _ plan: SwarmPlan, _ session: Session, _ ground: ScenarioJob.Ground, probe: (String) -> Void
  ) async throws {
    var dataset = try await plan.source.dataset(plan.rows, partitions: plan.partitions, session, ground)
    for (number, step) in plan.steps.enumerated() {
      let scope = SwarmScope(session: session, ground: ground, number: number, parameter: step.parameter)
      dataset = try await step.kind.apply(dataset, scope)
    }
    let answer = plan.answer
    for (number, action) in plan.actions.enumerated() {
      let scope = SwarmScope(session: session, ground: ground, number: 100 + number, parameter: action.parameter)
      try await action.kind.run(dataset, answer, scope)
      probe("action.\(action.kind.name)")
    }
    probe("source.\(plan.source.rawValue)")
    for step in plan.steps { probe("step.\(step.kind.name)") }
  }
}
