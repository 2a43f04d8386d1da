internal import FlintChaos
internal import FlintCore
internal import FlintSimulation

/// A process that belongs to nobody and sends bytes that mean nothing.
struct Stranger {
  private let cluster: SimulatedCluster

  init(_ cluster: SimulatedCluster) {
    self.cluster = cluster
  }

  /// Dials each endpoint, sends `count` random bytes, and waits for the end of the connection. It is a failure of the run
  /// when somebody keeps it.
  func dial(_ endpoints: [Endpoint], _ count: Int) async {
    let simulation = cluster.simulation
    let limit = cluster.plan.limits.handshakeDeadline + .seconds(5)
    let host = simulation.addHost("stranger\(simulation.choose(below: 1 << 30))")
    let process = host.start("stranger") { context, _ in
      for endpoint in endpoints {
        let deadline = context.time.now.advanced(by: .seconds(5))
        guard let stream = try? await context.network.dial(endpoint, deadline: deadline) else { continue }
        let (ends, ended) = AsyncStream<Void>.makeStream()
        let ear = Ear { ended.finish() }
        stream.start(ear)
        stream.send((0..<count).map { _ in UInt8(truncatingIfNeeded: context.randomness.next()) })
        for await _ in ends {}
        stream.abort()
      }
      return 0
    }
    _ = try? await simulation.reaches(within: limit * (endpoints.count + 1), every: SimulatedCluster.look) {
      process.exit != nil
    }
    if process.exit == nil, cluster.strikes.allSatisfy(\.isHarmless) {
      cluster.fail("I9: a stranger's connection is kept")
    }
    process.kill()
  }

  /// Hears nothing but the end.
  private final class Ear: StreamReceiver {
    private let ended: @Sendable () -> Void

    init(_ ended: @escaping @Sendable () -> Void) {
      self.ended = ended
    }

    func streamReceived(_: UnsafeRawBufferPointer) {}
    func streamDrained() {}
    func streamEnded(_: StreamEnd) { ended() }
  }
}
