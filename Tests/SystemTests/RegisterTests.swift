import FlintCore
import FlintLibuv
import ReplicatedRegister
import Testing

/// The simulation's guinea pig, unchanged, as three processes on the real seams.
@Suite("A replicated register on real processes, sockets and files")
struct RegisterTests {
  @Test(
    "stays linearizable while a replica is killed, another stands still, and both come back", .timeLimit(.minutes(1)))
  func survivesKillAndPause() async throws {
    try await Scratch.use { scratch in
      let replicas = try await RegisterProcess.startThree(in: scratch)
      let history = RegisterHistory()
      let node = try LibuvNode(name: "clients")
      try await withThrowingTaskGroup(of: Void.self) { group in
        for identity in UInt64(1)...3 {
          group.addTask {
            try await work(identity, on: node.context, replicas.map(\.endpoint), history)
          }
        }
        try await disturb(replicas, history)
        try await group.waitForAll()
      }
      #expect(history.operations.count == 3 * operationCount)
      #expect(history.operations.contains { !$0.isWrite && $0.value != 0 }, "no read saw a write")
      #expect(Linearizability.violation(in: history.operations) == nil)
      for replica in replicas { try await replica.stop() }
      await node.shutdown()
    }
  }

  @Test("a value outlives the death of all three replicas")
  func survivesAllDeaths() async throws {
    try await Scratch.use { scratch in
      let replicas = try await RegisterProcess.startThree(in: scratch)
      let node = try LibuvNode(name: "client")
      let client = RegisterClient(context: node.context, identity: 1, replicas: replicas.map(\.endpoint))
      try await client.withConnections { client in
        let time = node.context.time
        try await client.write(42, deadline: time.now.advanced(by: .seconds(20)))
        for replica in replicas { try await replica.kill() }
        for replica in replicas { try await replica.start() }
        #expect(try await client.read(deadline: time.now.advanced(by: .seconds(20))) == 42)
      }
      for replica in replicas { try await replica.stop() }
      await node.shutdown()
    }
  }

  private let operationCount = 40

  private func work(
    _ identity: UInt64, on context: NodeContext, _ replicas: [Endpoint], _ history: RegisterHistory
  ) async throws {
    let client = RegisterClient(context: context, identity: identity, replicas: replicas)
    try await client.withConnections { client in
      try await RegisterWorkload(
        client: client, identity: identity, context: context, history: history, time: context.time
      ).run(count: operationCount, limit: .seconds(20))
    }
  }

  /// Each step waits for the clients to have got further: for a state, not for time.
  private func disturb(_ replicas: [RegisterProcess], _ history: RegisterHistory) async throws {
    try await reach(15, of: history)
    try await replicas[0].kill()
    try await reach(30, of: history)
    try await replicas[0].start()
    replicas[1].pause()
    try await reach(45, of: history)
    replicas[1].resume()
  }

  private func reach(_ count: Int, of history: RegisterHistory) async throws {
    let isReached = await eventually { history.operations.count >= count }
    #expect(isReached, "\(history.operations.count) operations instead of \(count)")
  }
}
