internal import FlintChaos
internal import FlintClosures
internal import FlintCore
internal import FlintDatasets
internal import FlintSimulation

/// The second life of a test's executable: what the constructor in `CFlintTesting` calls before anything else runs.
@_cdecl("flint_testing_simulate")
public func simulateInChild(
  _ request: UnsafePointer<CChar>, _ closure: UnsafePointer<UInt8>, _ count: Int
) -> Int32 {
  guard let request = ChaosRequest(String(cString: request)) else { return 2 }
  let bytes = Array(UnsafeBufferPointer(start: closure, count: count))
  do {
    let body = try ShippedClosure.decode(bytes, as: (@Sendable (Session) async throws -> Void).self)
    try SimulationProcess.enter()
    let sweep = SeedSweep(.chaos(body), seeds: request.seeds, without: request.without) { print($0) }
    let passed = request.replays ? sweep.replay(request.seeds.lowerBound) : sweep.run()
    return passed ? 0 : 1
  } catch {
    print("\(error)")
    return 2
  }
}

extension SimulationJob {
  /// A user's body on random clusters under random faults.
  fileprivate static func chaos(_ body: @escaping @Sendable (Session) async throws -> Void) -> SimulationJob {
    SimulationJob(
      name: "test", summary: "the body of a test", timeLimit: .seconds(8 * 3600),
      replay: { seed, parts in
        let without = parts.isEmpty ? "" : " \(ChaosRequest.withoutVariable)='\(parts.joined(separator: ","))'"
        return "\(ChaosRequest.seedVariable)=\(seed)\(without) swift test --filter …"
      }
    ) { simulation in
      let isCalm = simulation.choose(below: 8) == 0
      let plan = ClusterPlan.chosen(by: simulation, isCalm: isCalm)
      let chosen = isCalm ? [] : FaultChance(simulation, executorCount: plan.shape.executorCount).faults()
      let faults = chosen.enumerated().filter { simulation.keeps("fault \($0.offset)") }.map(\.element)
      let outcome = try await ClusterRun(simulation, plan, faults: faults).run { session, _ in try await body(session) }
      try outcome.requireAnswerOrReason(in: simulation, faults: faults, isTight: plan.isTight)
    }
  }
}
