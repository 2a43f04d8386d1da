internal import FlintCore
internal import FlintSimulation

extension SimulationJob {
  /// The product's driver and executors, with a job that counts words and one that joins.
  static let wordCount = SimulationJob(
    name: "WordCount",
    summary: "driver and executors count and join words, under faults: the right answer or an error, and never a hang",
    timeLimit: .seconds(3600),
    mustFire: ["fault.kill", "fault.partition", "fault.cut", "fault.broken-stream", "executor.again", "network.lost"]
  ) { simulation in
    try await WordCountScenario(simulation).run()
  }
}
