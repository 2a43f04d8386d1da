internal import FlintCore
internal import FlintSimulation

extension SimulationJob {
  /// The product's driver and executors, with a job that counts words and one that joins.
  static let wordCount = SimulationJob(
    name: "WordCount",
    summary: "the driver and three executors count and join words: the right answer or an error, and never a hang",
    timeLimit: .seconds(3600)
  ) { simulation in
    try await WordCountScenario(simulation).run()
  }
}
