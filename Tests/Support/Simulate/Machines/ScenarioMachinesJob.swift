internal import FlintChaos
internal import FlintCore
internal import FlintSimulation
internal import FlintTesting
internal import PlantedModel
internal import Scenarios
internal import SchedulingModel

extension SimulationJob {
  /// The named scenarios with the driver's deciders alone, one a seed, again and again.
  static let scenarioMachines = SimulationJob(
    name: "scenario-machines",
    summary:
      "the named scenarios of which the driver's deciders can tell, with these alone, one a seed: \(ScenarioWorlds.onMachines.count)",
    plantedBugs: PlantedModel.SchedulingWorld.plantedBugs, timeLimit: .seconds(2_000_000),
    mustFire: ScenarioWorlds.onMachines.map { "scenario.\($0.name)" }, subject: { scenario(of: $0).name }
  ) { simulation in
    let scenario = scenario(of: simulation.seed)
    simulation.probe("scenario.\(scenario.name)")
    simulation.tell("scenario: \(scenario.name): \(scenario.summary)")
    for fault in scenario.faults { simulation.tell("fault: \(fault)") }
    let limits = try ScenarioRun.limits(of: scenario)
    let program = try await ProgramReader(simulation: simulation, scenario: scenario, limits: limits).read()
    let violation: String?
    if let bug = simulation.plantedBug {
      let script = PlantedModel.WorldScript(scenario, program, limits: limits)
      let world = PlantedModel.SchedulingWorld(script, seed: simulation.seed, record: simulation.say)
      violation = world.run(plantedBug: bug)
    } else {
      let script = SchedulingModel.WorldScript(scenario, program, limits: limits)
      let world = SchedulingModel.SchedulingWorld(script, seed: simulation.seed, record: simulation.say)
      violation = world.run()
      for (name, _) in world.probes.counts.sorted(by: { $0.key < $1.key }) { simulation.probe(name) }
      simulation.note("\(world.eventCount) events", fact: world.hash)
      for line in world.lastEvents where violation != nil { simulation.tell("  \(line)") }
    }
    try simulation.require(violation == nil, violation ?? "")
  }

  private static func scenario(of seed: UInt64) -> Scenario {
    ScenarioWorlds.onMachines[Int(seed % UInt64(ScenarioWorlds.onMachines.count))]
  }
}
