internal import FlintCore
internal import FlintExecution
internal import FlintSimulation
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// A process that everybody lets in as an executor of the application, and that claims and asks for more than is its own.
struct Impostor {
  /// The life of an executor whose name it takes.
  let victim: ExecutorIncarnation
  let cluster: SimulatedCluster

  /// Somebody who is no executor of the application.
  private static let nobody = ExecutorIncarnation(executor: ExecutorID(rawValue: 99), number: 0)
  private static let patience: Duration = .seconds(900)

  /// Tries one claim after another, and fails the run when one is believed.
  func act() async {
    let simulation = cluster.simulation
    let host = simulation.addHost("impostor\(simulation.choose(below: 1 << 30))")
    let process = host.start("impostor") { [self] context, _ in
      for message in claims {
        for name in [Self.nobody, victim] { await claim(message, as: name, context) }
      }
      for (endpoint, role) in cluster.blockServices { await ask(endpoint, role, context) }
      return 0
    }
    let isAnswered = try? await simulation.reaches(within: Self.patience, every: SimulatedCluster.look) {
      process.exit != nil
    }
    if isAnswered != true { cluster.fail("I9: an impostor is never answered") }
    process.kill()
  }

  /// What only the victim may say.
  private var claims: [Message] {
    let error = RemoteError(.taskFailed, "an impostor says so")
    return [
      .reportExecutor(ExecutorReport(executor: victim, number: .max, running: [], memoryUsed: .max)),
      .updateStatus(
        StatusUpdate(
          attempt: attempt(0), executor: victim,
          status: .failed(FailureReport(kind: .threw(isRetryable: false), error: error)))),
      .blockDropped(
        BlockDropped(block: .cached(DatasetID(rawValue: 0), PartitionID(rawValue: 0)), executor: victim)),
      .registerExecutor(ExecutorRegistration(executor: victim, taskThreads: .max, memoryBytes: .max, blocks: nil)),
    ]
  }

  private func attempt(_ number: UInt32) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: UInt64(number)), number: number)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: UInt64(number))), number: number)
  }

  /// Says `message` to the driver in the name of `executor`. A driver that is busy, or cannot be reached, need not answer.
  private func claim(_ message: Message, as executor: ExecutorIncarnation, _ context: NodeContext) async {
    let transport = transport(as: executor, context)
    let told = try? await transport.connect(to: ClusterAddresses.driver, expecting: .driver) { _, _ in
      ConnectionHandler { _, _, _ in }
    }
    if let told {
      switch message {
      case .registerExecutor, .updateStatus:
        if let answer = try? await told.request(message) { cluster.fail("I3: an impostor is believed: \(answer)") }
      default: try? await told.send(message)
      }
    }
    await transport.shutdown(within: .milliseconds(100))
  }

  /// Asks for blocks that nobody has.
  private func ask(_ endpoint: Endpoint, _ role: PeerRole, _ context: NodeContext) async {
    let transport = transport(as: Self.nobody, context)
    let reader = try? await transport.connect(to: endpoint, expecting: role, channel: .blocks) { _, _ in
      ConnectionHandler { _, _, _ in }
    }
    for block in [BlockID.shuffleData(ShuffleID(rawValue: .max), map: attempt(.max)), .taskResult(attempt(.max))] {
      for length in [1, UInt64(Int32.max)] {
        let request = BlockRequest(block: block, offset: 0, length: length)
        guard (try? await reader?.fetch(request, into: MemoryBudget(limit: .mebibytes(1)))) != nil else { continue }
        cluster.fail("I1: \(block), which does not exist, has bytes")
      }
    }
    await transport.shutdown(within: .milliseconds(100))
  }

  /// Connections that say what an executor says of itself.
  private func transport(as executor: ExecutorIncarnation, _ context: NodeContext) -> Transport {
    var introduction = cluster.plan.addresses.introduction(.executor, context)
    introduction.executor = executor
    return Transport(context: context, local: introduction, limits: cluster.plan.limits)
  }
}
