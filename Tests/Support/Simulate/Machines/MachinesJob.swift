internal import FlintCore
internal import FlintSimulation
internal import PlantedModel
internal import SchedulingModel

extension SimulationJob {
  /// The driver's deciders alone, with a model of executors, machines and messages around them.
  static let machines = SimulationJob(
    name: "machines",
    summary: "random graphs of jobs come to the right answer or to a typed error, whatever is lost, late or doubled",
    plantedBugs: PlantedModel.SchedulingWorld.plantedBugs, mustFire: mustFire
  ) { simulation in
    let violation: String?
    if let bug = simulation.plantedBug {
      violation = PlantedModel.SchedulingWorld(seed: simulation.seed, record: simulation.say).run(plantedBug: bug)
    } else {
      let world = SchedulingModel.SchedulingWorld(seed: simulation.seed, record: simulation.say)
      violation = world.run()
      for (name, _) in world.probes.counts.sorted(by: { $0.key < $1.key }) { simulation.probe(name) }
      simulation.note("\(world.eventCount) events", fact: world.hash)
    }
    try simulation.require(violation == nil, violation ?? "")
  }

  /// What happens often enough to happen in two hundred seeds.
  private static let mustFire = [
    "fault.crash", "fault.silentCrash", "fault.replace", "fault.freeze", "fault.mute", "fault.nodeCrash",
    "fault.loseOutput", "fault.dropKept", "fault.freezeDriver", "fault.cancelJob", "fault.cancelGroup",
    "fault.cancelStage", "fault.drain", "fault.everybodyDies", "cancelled", "executor ended", "failed",
    "fetch failed", "input not there", "late or repeated end", "other rows", "read kept rows", "skipped",
    "stage again", "stage attempts used up", "sent ahead", "succeeded", "task failed", "task given up",
  ]
}
