package import FlintChaos
package import FlintCore
package import LineageGraphs

/// A scenario for the deciders alone: what its program asks of them, and what its faults are to them.
package struct WorldScript {
  let scenario: Scenario
  let program: ProgramPlan
  let limits: Limits

  /// `program` is what the scenario's job asks for; `limits` are those that its settings make.
  package init(_ scenario: Scenario, _ program: ProgramPlan, limits: Limits) {
    self.scenario = scenario
    self.program = program
    self.limits = limits
  }

  /// The cluster: each executor alone on its node, and things take about as long as they do for a job of a few rows.
  var plan: WorldPlan {
    var plan = WorldPlan()
    plan.limits = limits
    plan.executorCount = scenario.cluster.executorCount
    plan.nodeCount = scenario.cluster.executorCount
    plan.slotCount = scenario.cluster.taskThreads
    plan.speculates = scenario.settings["flint.speculation"] == "true"
    plan.nodeFiles = scenario.settings["flint.shuffle.memory.limit"] == "0" ? 1_000 : 0
    plan.slowTasks = 0
    plan.pace.arriving = 0...20
    plan.pace.message = 1...5
    plan.pace.command = 1...5
    plan.pace.beginning = 1...5
    plan.pace.fetching = 1...20
    plan.pace.working = 5...60
    plan.pace.committing = 1...20
    plan.pace.reading = 1...20
    plan.pace.noticing = 1...20
    plan.pace.restarting = 20...200
    return plan
  }
}
