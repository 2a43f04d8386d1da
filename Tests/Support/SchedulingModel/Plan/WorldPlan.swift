import FlintCore

/// What the seed decides beforehand: limits, the cluster's shape, and how much breaks.
struct WorldPlan {
  var limits = Limits()
  var executorCount = 3
  var nodeCount = 2
  var slotCount = 2
  var speculates = false
  var tellsStagesFirst = true
  /// Whether map outputs are files of their node, or in an executor's memory; of a thousand.
  var nodeFiles = 500
  /// Of a thousand messages, so many come twice, and so many much later.
  var duplicates = 0
  var lateness = 0
  /// Of a thousand fetches and tasks, so many fail.
  var failedFetches = 0
  var failedTasks = 0
  var slowTasks = 50
  var stubbornTasks = 0
  var faultCount = 0
  var pace = Pace()
  /// When faults end and everything is mended.
  var healing: Int64 = 0

  /// How long things take, in milliseconds.
  struct Pace {
    /// Until the first executors offer their service.
    var arriving = 0...200
    /// A message to the driver, a command to an executor.
    var message = 1...60
    var command = 1...30
    /// A task: until it begins, reads its input, computes, commits.
    var beginning = 1...50
    var fetching = 1...300
    var working = 50...1_000
    var committing = 1...200
    /// Until the reader of a job takes a result.
    var reading = 0...12_000
    /// Until somebody sees that a process has ended, and until its next life begins.
    var noticing = 1...100
    var restarting = 100...4_000

    /// Tasks so short that more of them are sent than there are slots.
    mutating func hurry() {
      (arriving, message, command) = (0...1, 0...1, 0...1)
      (beginning, fetching, working, committing) = (0...0, 0...1, 0...0, 0...1)
    }
  }

  /// No faults: a job that fails here fails for nothing.
  static func calm(_ chance: inout Chance) -> WorldPlan {
    var plan = WorldPlan()
    plan.shape(&chance)
    return plan
  }

  static func hostile(_ chance: inout Chance) -> WorldPlan {
    var plan = WorldPlan()
    plan.shape(&chance)
    plan.limits.taskAttempts = chance.within(1...5)
    plan.limits.stageAttempts = chance.within(1...6)
    plan.limits.taskStarts = chance.within(max(4, plan.limits.taskAttempts)...20)
    plan.duplicates = chance.pick([0, 0, 50, 200])
    plan.lateness = chance.pick([0, 0, 20, 100])
    plan.failedFetches = chance.pick([0, 0, 10, 50, 150])
    plan.failedTasks = chance.pick([0, 0, 20, 60])
    plan.slowTasks = chance.pick(plan.speculates ? [100, 300] : [0, 50, 150])
    plan.stubbornTasks = chance.pick([0, 0, 100])
    plan.faultCount = chance.below(9)
    plan.healing = chance.milliseconds(2_000...20_000)
    return plan
  }

  /// Few slots, so that tasks wait for them, and some of them on their executors.
  mutating func sendAhead(_ chance: inout Chance) {
    executorCount = chance.within(1...2)
    slotCount = 1
    speculates = false
    limits.tasksAhead = chance.within(1...3)
    limits.aheadTime = chance.pick([.milliseconds(500), .seconds(5), .seconds(20)])
    limits.aheadPatience = chance.pick([.milliseconds(20), .milliseconds(500), .seconds(10)])
  }

  private mutating func shape(_ chance: inout Chance) {
    executorCount = chance.within(1...4)
    nodeCount = chance.within(1...3)
    // Room for every gang, when everybody is there.
    slotCount = chance.within(executorCount == 1 ? 6...8 : (executorCount == 2 ? 3...4 : 2...3))
    speculates = chance.permille(500)
    tellsStagesFirst = chance.permille(500)
    nodeFiles = chance.pick([0, 500, 1000])
    limits.localityWait = chance.pick([.nanoseconds(1), .milliseconds(300), .seconds(3)])
    limits.killWait = chance.pick([.milliseconds(500), .seconds(3)])
    limits.exclusionTime = .seconds(8)
    limits.excludedWait = .seconds(30)
    limits.barrierWait = .seconds(50)
    limits.speculationQuantile = chance.pick([1, 50, 75])
  }
}
