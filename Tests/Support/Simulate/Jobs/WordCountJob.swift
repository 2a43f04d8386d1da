internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import FlintSimulation
internal import FlintTesting

extension SimulationJob {
  /// Words that are counted and joined, on a cluster of usual size with the usual limits.
  static let wordCount = SimulationJob(
    name: "WordCount",
    summary: "driver and executors count and join words, under faults: the right answer or a reason, and never a hang",
    timeLimit: .seconds(8 * 3600),
    mustFire: ["fault.kill", "fault.partition", "fault.cut", "fault.breakStreams", "executor.again", "network.lost"]
  ) { simulation in
    let isCalm = simulation.choose(below: 4) == 0
    let lines = (0..<20 + simulation.choose(below: 60)).map { _ in
      (0..<simulation.choose(below: 12)).map { _ in "w\(simulation.choose(below: 50))" }.joined(separator: " ")
    }
    let plan = ClusterPlan(
      ClusterShape(executorCount: 3, taskThreads: 2, memory: .mebibytes(64), reportsExits: false))
    let chosen = isCalm ? [] : FaultChance(simulation, executorCount: 3).faults()
    let faults = chosen.enumerated().filter { simulation.keeps("fault \($0.offset)") }.map(\.element)
    let outcome = try await ClusterRun(simulation, plan, faults: faults).run { session, _ in
      try await countWords(of: lines, session)
    }
    try outcome.requireAnswerOrReason(in: simulation, faults: faults, isTight: false)
  }

  private static func countWords(of lines: [String], _ session: Session) async throws {
    let words = session.parallelize(lines, partitions: 5).flatMap { $0.split(separator: " ").map(String.init) }
    // Kept twice, and read by both jobs.
    let counts = words.map { ($0, 1) }.reduceByKey(+).persist(.memoryAndDisk2)
    let expected = lines.reduce(into: [String: Int]()) { counts, line in
      for word in line.split(separator: " ") { counts[String(word), default: 0] += 1 }
    }
    let found = try await counts.collect()
    try require(found.count == expected.count, "\(found.count) words instead of \(expected.count)")
    for (word, count) in found {
      try require(expected[word] == count, "\(word) was counted \(count) times, not \(expected[word] ?? 0)")
    }
    let lengths = session.parallelize(expected.keys.sorted(), partitions: 3).map { ($0, $0.utf8.count) }
    let joined = try await counts.join(lengths).collect()
    try require(joined.count == expected.count, "\(joined.count) words were joined instead of \(expected.count)")
    for (word, both) in joined {
      try require(both.0 == expected[word] && both.1 == word.utf8.count, "\(word) was joined to \(both)")
    }
  }

  private static func require(_ condition: Bool, _ what: String) throws {
    guard condition else { throw FlintError(.simulationFailed, "I1: WRONG ANSWER: \(what)") }
  }
}
