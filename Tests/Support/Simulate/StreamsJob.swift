internal import FlintCore
internal import FlintSimulation
internal import SeamContract
internal import Synchronization

extension SimulationJob {
  /// What the faults of the simulated network do to a stream, beyond the contract that the real side keeps as well.
  static let streams = SimulationJob(
    name: "streams", summary: "faults break streams without breaking the rules of their events",
    timeLimit: .seconds(60), mustFire: ["network.reset"]
  ) { simulation in
    try await StreamsScenario(simulation, number: 0).resetInTheMiddleOfASend()
    try await StreamsScenario(simulation, number: 1).breakWhileTheProcessStands()
    try await StreamsScenario(simulation, number: 2).finishWithHalfAMessage()
    try await StreamsScenario(simulation, number: 3).pauseAtEveryPiece()
    try await StreamsScenario(simulation, number: 4).listenElsewhere()
    try await StreamsScenario(simulation, number: 5).sendThroughAPartition()
  }
}

/// Two hosts with a stream between them. Each scenario has hosts of its own.
private struct StreamsScenario {
  let simulation: Simulation
  let near: SimulatedHost
  let far: SimulatedHost

  init(_ simulation: Simulation, number: Int) {
    self.simulation = simulation
    near = simulation.addHost("near\(number)")
    far = simulation.addHost("far\(number)")
    simulation.network.conditions = LinkConditions()
  }

  func resetInTheMiddleOfASend() async throws {
    try await connect { near, far, _ in
      simulation.network.conditions.resetPermille = 1000
      await near.send([1])
      await near.send([2])
      try await simulation.time.sleep(for: .seconds(1))
      let (own, other) = (await near.ends, await far.ends)
      try simulation.require(own == ["connection-lost"] && other == own, "the ends are \(own) and \(other)")
      try simulation.require(simulation.network.statistics.resets == 1, "one stream was reset more than once")
    }
  }

  func breakWhileTheProcessStands() async throws {
    try await connect { near, far, farProcess in
      let before = simulation.network.statistics.delivered
      farProcess.pause()
      await near.send([1])
      try await simulation.time.sleep(for: .seconds(1))
      simulation.network.breakStreams(between: self.near, and: self.far, afterBytes: 0)
      try await simulation.time.sleep(for: .seconds(1))
      let told = far.endCount.load(ordering: .relaxed)
      try simulation.require(told == 0, "a process that stands still was told of an end")
      farProcess.resume()
      try await simulation.time.sleep(for: .seconds(1))
      let (ends, delivered) = (await far.ends, simulation.network.statistics.delivered - before)
      try simulation.require(ends == ["connection-lost"] && delivered == 0, "\(ends) after \(delivered) messages")
    }
  }

  func finishWithHalfAMessage() async throws {
    simulation.network.setFraming { bytes in bytes.count < 4 ? nil : 4 }
    try await connect { near, far, _ in
      await near.send([1, 2, 3, 4, 5, 6])
      await near.finish()
      try await simulation.time.sleep(for: .seconds(1))
      let (received, ends) = (await far.received, await far.ends)
      try simulation.require(received == [1, 2, 3, 4, 5, 6], "received \(received)")
      try simulation.require(ends == ["finished"], "ended with \(ends)")
    }
  }

  func pauseAtEveryPiece() async throws {
    simulation.network.setFraming { $0.count }
    simulation.network.conditions.cutting = .everyByte
    simulation.network.conditions.window = 100
    try await connect { near, far, _ in
      await far.pauseAfterEachPiece()
      for _ in 0..<50 { await near.send(Array(repeating: 7, count: 20)) }
      while await far.received.count < 1000 {
        try await simulation.time.sleep(for: .milliseconds(10))
        let underWay = 1000 - (await near.queuedByteCount) - (await far.received.count)
        try simulation.require(underWay < 120, "\(underWay) bytes are under way in a window of 100")
        await far.resume()
      }
    }
  }

  func sendThroughAPartition() async throws {
    try await connect { near, far, _ in
      simulation.network.partition([self.near], from: [self.far])
      for byte in UInt8(0)..<20 { await near.send([byte]) }
      await near.finish()
      try await simulation.time.sleep(for: .seconds(1))
      let early = await far.received
      try simulation.require(early.isEmpty, "\(early) went through a partition")
      simulation.network.heal()
      try await simulation.time.sleep(for: .milliseconds(500))
      simulation.network.partition([self.near], from: [self.far])
      try await simulation.time.sleep(for: .seconds(2))
      simulation.network.heal()
      try await simulation.time.sleep(for: .seconds(3))
      let (received, ends) = (await far.received, await far.ends)
      try simulation.require(received == Array(0..<20) && ends == ["finished"], "received \(received), then \(ends)")
    }
  }

  func listenElsewhere() async throws {
    let process = near.start("listener") { [far] context, _ in
      do {
        _ = try await context.network.listen(at: .tcp(host: far.name, port: 1)) { $0.abort() }
        return 1
      } catch let error as FlintError where error.code == .unreachable {
        return 0
      }
    }
    let exit = try await process.waitForExit()
    try simulation.require(exit.isSuccess, "a process listens at another host's address")
  }

  /// Runs `body` with both ends of a stream and the process of the far one.
  private func connect(
    _ body: (StreamWitness, StreamWitness, SimulatedProcess) async throws -> Void
  ) async throws {
    let ends = Mutex<(near: StreamWitness?, far: StreamWitness?)>((nil, nil))
    let farProcess = far.start("far") { context, _ in
      let listener = try await context.network.listen(at: .tcp(host: "localhost", port: 1)) { stream in
        let witness = StreamWitness(stream, context: context)
        witness.assumeIsolated { $0.start() }
        ends.withLock { $0.far = witness }
      }
      try await context.time.sleep(for: .seconds(30))
      listener.close()
      return 0
    }
    try await simulation.time.sleep(for: .milliseconds(1))
    let endpoint = Endpoint.tcp(host: far.name, port: 1)
    let nearProcess = near.start("near") { context, _ in
      let stream = try await context.network.dial(endpoint, deadline: context.time.now.advanced(by: .seconds(10)))
      let witness = StreamWitness(stream, context: context)
      await witness.start()
      ends.withLock { $0.near = witness }
      try await context.time.sleep(for: .seconds(30))
      return 0
    }
    try await simulation.wait(for: "a stream", within: .seconds(10)) {
      ends.withLock { $0.near != nil && $0.far != nil }
    }
    guard let nearEnd = ends.withLock({ $0.near }), let farEnd = ends.withLock({ $0.far }) else { return }
    try await body(nearEnd, farEnd, farProcess)
    nearProcess.kill()
    farProcess.kill()
  }
}
