internal import FlintCore
internal import FlintSimulation
internal import FlintTransport
internal import FlintWire

/// Asks the nodes of a cluster what they have of jobs, as `flint inspect` does.
struct Inspector {
  let cluster: SimulatedCluster

  /// Asks until nobody has anything, or `patience` is over. Fails the run when somebody still has something then. Who cannot
  /// be asked has nothing to say.
  func requireNothingHeld(within patience: Duration) async {
    let simulation = cluster.simulation
    let host = simulation.addHost("inspector")
    let process = host.start("inspector") { context, _ in
      let deadline = context.time.now.advanced(by: patience)
      var held = await holdings(context)
      while !held.isEmpty, context.time.now < deadline {
        try await context.time.sleep(for: .milliseconds(200))
        held = await holdings(context)
      }
      if let first = held.first, cluster.books.lostNobody { cluster.fail("I7: after the job \(first)") }
      return 0
    }
    _ = try? await simulation.reaches(within: patience * 4, every: SimulatedCluster.look) { process.exit != nil }
    process.kill()
  }

  private func holdings(_ context: NodeContext) async -> [String] {
    let transport = Transport(
      context: context, local: cluster.plan.addresses.introduction(.observer, context), limits: cluster.plan.limits)
    var held: [String] = []
    for (endpoint, role) in cluster.inspected {
      let node = try? await transport.connect(to: endpoint, expecting: role) { _, _ in ConnectionHandler { _, _, _ in }
      }
      guard case .inspected(let found)? = try? await node?.request(.inspect) else { continue }
      held += Self.words(for: found)
    }
    await transport.shutdown(within: .milliseconds(100))
    return held
  }

  private static func words(for found: Inspection) -> [String] {
    var words: [String] = []
    if !found.stages.isEmpty { words.append("\(found.name) has stages \(found.stages)") }
    if !found.attempts.isEmpty { words.append("\(found.name) has tries \(found.attempts)") }
    if !found.blocks.isEmpty { words.append("\(found.name) has blocks \(found.blocks)") }
    if found.leases > 0 { words.append("\(found.name) has \(found.leases) leases") }
    if found.holders > 0 { words.append("\(found.name) has \(found.holders) holders") }
    if found.memoryUsed > 0 { words.append("\(found.name) has \(found.memoryUsed) bytes") }
    return words
  }
}
