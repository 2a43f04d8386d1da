internal import FlintCore
internal import FlintSimulation
internal import FlintTransport
internal import FlintWire
internal import Synchronization

/// The dialled side: it launches tasks, notes statuses, answers questions late, and serves blocks.
struct TransportDriver: Sendable {
  let context: NodeContext
  let limits: Limits
  let ledger: TransportLedger
  let bug: TransportBug?
  let probe: @Sendable (String) -> Void

  private var endpoint: Endpoint { .tcp(host: "driver", port: 7000) }

  /// Runs until the ledger says that all is over; then nothing may be left.
  func run() async throws {
    let transport = Transport(
      context: bug.map { MendingNetwork.context(context, $0) } ?? context,
      local: Introduction(
        cluster: "simulated", role: .driver, name: context.name, incarnation: context.randomness.next(), build: [7]),
      limits: limits)
    let listener = try await transport.listen(at: endpoint, serving: [.executor]) { connection, peer in
      admit(connection, peer)
    }
    while !ledger.isOver { try await context.time.sleep(for: .milliseconds(100)) }
    listener.close()
    // Whoever died without a word is found by silence.
    let deadline = context.time.now.advanced(by: limits.fencedAfter + limits.handshakeDeadline + .seconds(10))
    while await transport.openCount > 0 {
      guard context.time.now < deadline else {
        throw FlintError(.simulationFailed, "\(await transport.openCount) connections are left")
      }
      try await context.time.sleep(for: .milliseconds(50))
    }
    let strangers = await transport.strangerCount
    guard strangers == 0 else { throw FlintError(.simulationFailed, "\(strangers) strangers are left") }
  }

  private func admit(_ connection: isolated Connection, _ peer: Introduction) -> ConnectionHandler? {
    guard let executor = peer.executor else { return nil }
    if peer.channel == .control { launch(executor, on: connection) }
    let lastReport = Mutex<UInt64?>(nil)
    return ConnectionHandler { connection, message, request in
      switch (message, request) {
      case (.updateStatus(let update), let request?): note(update, from: executor, request, connection)
      case (.askCommit(let question), let request?): answer(question, request, connection)
      case (.fetchBlock(let part), let request?): serve(part, request, connection)
      case (.reportExecutor(let report), nil):
        let isInOrder = lastReport.withLock { last in
          defer { last = report.number }
          return last.map { $0 + 1 == report.number } ?? true
        }
        if !isInOrder { ledger.note(violation: "report \(report.number) of \(executor) is out of order") }
      default: ledger.note(violation: "the driver got \(message.kind)")
      }
    } ended: { _, reason in
      probe("close.\(reason.probeName)")
    }
  }

  /// Launches a few tasks, each of them once.
  private func launch(_ executor: ExecutorIncarnation, on connection: isolated Connection) {
    Task(executorPreference: context.executors.control) {
      for _ in 0..<8 {
        let number = ledger.nextLaunch()
        do {
          try await connection.sendWhenThereIsRoom(TransportContent.launch(number, for: executor))
          if bug == .repeatLaunches, number % 3 == 0 {
            try await connection.sendWhenThereIsRoom(TransportContent.launch(number, for: executor))
          }
        } catch {
          return
        }
        guard (try? await context.time.sleep(for: .milliseconds(Int(number % 700)))) != nil else { return }
      }
    }
  }

  private func note(
    _ update: StatusUpdate, from executor: ExecutorIncarnation, _ request: RequestID, _ connection: isolated Connection
  ) {
    let number = update.attempt.task.partition.rawValue
    if update != TransportContent.status(number, of: executor) {
      ledger.note(violation: "status \(number) arrived with another content")
    }
    if !ledger.apply(number, forgetful: bug == .forgetRepeats) { probe("transport.repeated") }
    connection.answer(request, with: .statusNoted)
  }

  /// Answers after a while, or by an error: whoever asks may have given up by then.
  private func answer(_ question: CommitQuestion, _ request: RequestID, _ connection: isolated Connection) {
    let number = question.attempt.task.partition.rawValue
    if bug == .swallowAnswers, number % 4 == 0 { return }
    connection.answer(request) {
      try await context.time.sleep(for: .milliseconds(Int(number % 3000)))
      guard number % 7 != 0 else { throw FlintError(.userCode, "question \(number)") }
      return .answerCommit(CommitAnswer(attempt: question.attempt, isAuthorised: number % 2 == 0))
    }
  }

  private func serve(_ part: BlockRequest, _ request: RequestID, _ connection: isolated Connection) {
    guard case .broadcast(let broadcast, _) = part.block, let range = part.range(in: TransportContent.blockLength)
    else {
      return connection.fail(request, with: FlintError(.fileNotFound, "no such block"))
    }
    let budget = MemoryBudget(limit: .mebibytes(1))
    guard let slab = try? Slab(count: TransportContent.blockLength, budget: budget) else { return }
    slab.bytes.copyBytes(from: TransportContent.bytes(broadcast.rawValue, count: TransportContent.blockLength))
    let checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: slab.bytes[range]))
    connection.answer(request, with: part, from: slab, range: range, checksum: checksum)
  }
}

extension CloseReason {
  /// A short name for probes.
  var probeName: String {
    switch self {
    case .frame: "frame"
    case .silent: "silent"
    case .writeStalled: "write-stalled"
    case .peerFinished: "peer-finished"
    case .lost: "lost"
    case .left: "left"
    case .closed: "closed"
    default: "violation"
    }
  }
}
