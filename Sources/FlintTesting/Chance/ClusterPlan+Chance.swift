internal import FlintChaos
internal import FlintCore
package import FlintSimulation

extension ClusterPlan {
  /// A random cluster: one to four executors, one or two on a machine, of one to three threads, with limits so small that
  /// everything happens often. In a calm run no limit is such that sound machines could miss it.
  package static func chosen(by simulation: Simulation, isCalm: Bool) -> ClusterPlan {
    var shape = ClusterShape()
    shape.executorCount = 1 + simulation.choose(below: 4)
    shape.taskThreads = 1 + simulation.choose(below: 3)
    shape.memory = [.mebibytes(1), .mebibytes(4), .mebibytes(64), .mebibytes(512)][simulation.choose(below: 4)]
    shape.reportsExits = simulation.choose(below: 2) == 0
    let isTight = simulation.choose(below: 3) == 0 && !isCalm
    var plan = ClusterPlan(shape, limits: limits(simulation, isTight: isTight))
    plan.isTight = isTight
    plan.executorsPerMachine = 1 + simulation.choose(below: 2)
    plan.speculates = simulation.choose(below: 4) == 0
    plan.restartDelay = simulation.choose(in: .milliseconds(1)...(.seconds(2)))
    return plan
  }

  /// Sizes that sound machines cope with, however small they are.
  private static let sizes = [
    "lowWaterMark", "highWaterMark", "requestsInFlight", "rowsPerBatch", "resultChunk", "memoryMapOutput",
    "mapOutputBuffer", "fetchRequest", "localityWait", "speculationQuantile",
    "speculationMultiplier", "speculationFloor", "speculationInterval",
  ]
  /// Times and counts that jobs may miss when something is wrong.
  private static let chances = [
    "dialDeadline", "handshakeDeadline", "writeDeadline", "requestDeadline", "redialAfter", "redialAtMost",
    "heartbeatInterval", "suspectAfter", "fencedAfter", "executorStarts", "taskAttempts", "taskStarts", "stageAttempts",
    "killWait", "stageFailures", "executorFailures", "exclusionTime", "excludedWait", "noProgressAfter",
    "fetchAttempts",
  ]

  private static func limits(_ simulation: Simulation, isTight: Bool) -> Limits {
    var names: Set<String> = []
    for name in sizes where simulation.choose(below: 2) == 0 { names.insert(name) }
    for name in chances where simulation.choose(below: 6) == 0 && isTight { names.insert(name) }
    var generator = SplitMix64(seed: UInt64(simulation.choose(below: 1 << 30)))
    var limits = Limits.hostile(names, using: &generator)
    // The head of a broadcast is asked for at once.
    limits.fetchRequest = max(limits.fetchRequest, ByteCount(16))
    return limits
  }
}
