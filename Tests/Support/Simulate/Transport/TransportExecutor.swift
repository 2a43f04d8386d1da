internal import FlintCore
internal import FlintSimulation
internal import FlintTransport
internal import FlintWire

/// The dialling side: it keeps two links to the driver and works on them until everything it has to say was noted.
struct TransportExecutor: Sendable {
  let context: NodeContext
  let limits: Limits
  let ledger: TransportLedger
  let identity: ExecutorIncarnation
  let bug: TransportBug?
  let probe: @Sendable (String) -> Void

  func run() async throws {
    let context = bug.map { MendingNetwork.context(self.context, $0) } ?? self.context
    let transport = Transport(
      context: context,
      local: Introduction(
        cluster: "simulated", role: .executor, name: context.name, incarnation: context.randomness.next(),
        executor: identity, build: [7]),
      limits: limits)
    let control = link(transport, .control)
    let blocks = link(transport, .blocks)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await control.run() }
      group.addTask { await blocks.run() }
      try await withThrowingTaskGroup(of: Void.self) { work in
        work.addTask { try await updateStatuses(control) }
        work.addTask { try await ask(control) }
        work.addTask { try await report(control) }
        work.addTask { try await fetch(blocks) }
        try await work.waitForAll()
      }
      await transport.shutdown(within: .seconds(5))
      group.cancelAll()
    }
    let left = await transport.openCount
    guard left == 0 else { throw FlintError(.simulationFailed, "\(left) connections are left") }
  }

  private func link(_ transport: Transport, _ channel: Introduction.Channel) -> Link {
    Link(transport, to: .tcp(host: "driver", port: 7000), expecting: .driver, channel: channel) { _, _ in
      ConnectionHandler { _, message, _ in
        guard case .launchTask(let launch) = message, let number = TransportContent.number(of: launch) else {
          return ledger.note(violation: "the executor got \(message)")
        }
        ledger.launched(number)
      } ended: { _, reason in
        probe("close.\(reason.probeName)")
      }
    }
  }

  /// Tells the driver, again and again, until it has noted.
  private func updateStatuses(_ link: Link) async throws {
    for _ in 0..<6 {
      let number = ledger.nextStatus()
      while true {
        let connection = try await link.connected()
        do {
          let answer = try await connection.request(
            .updateStatus(TransportContent.status(number, of: identity)), within: .seconds(2))
          if answer != .statusNoted { ledger.note(violation: "a status was answered by \(answer.kind)") }
          break
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          try await context.time.sleep(for: .milliseconds(20))
        }
      }
      ledger.noted(number)
      try await context.time.sleep(for: .milliseconds(Int(number % 500)))
    }
  }

  /// Asks and often does not wait for the answer. Whatever happens, each question ends.
  private func ask(_ link: Link) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<12 {
        let number = context.randomness.next() % 100_000
        let connection = try await link.connected()
        let asking = Task { try await question(number, connection) }
        let patience = Duration.milliseconds(Int(context.randomness.next() % 4000))
        group.addTask {
          let isImpatient = number % 3 == 0
          if isImpatient {
            try await context.time.sleep(for: patience)
            asking.cancel()
          }
          // The limit is the deadline of the question, and a moment to be told.
          try await context.time.withDeadline(.seconds(20), owner: "question \(number)") {
            try await asking.value
          }
        }
        try await context.time.sleep(for: .milliseconds(Int(context.randomness.next() % 400)))
      }
      try await group.waitForAll()
    }
  }

  private func question(_ number: UInt64, _ connection: Connection) async throws {
    let attempt = TransportContent.attempt(number)
    // The bug takes the deadline away, too.
    let deadline: Duration = bug == .swallowAnswers ? .seconds(600) : .milliseconds(Int(500 + number % 4000))
    do {
      let answer = try await connection.request(
        .askCommit(CommitQuestion(attempt: attempt, executor: identity)), within: deadline)
      if answer != .answerCommit(CommitAnswer(attempt: attempt, isAuthorised: number % 2 == 0)) {
        ledger.note(violation: "question \(number) got the answer to another one")
      }
    } catch is CancellationError {
      probe("transport.cancelled")
    } catch let error as FlintError {
      switch error.code {
      case .deadlineExceeded: probe("transport.late")
      case .connectionLost: break
      case .userCode where number % 7 == 0 && error.what == "question \(number)": break
      default: ledger.note(violation: "question \(number) failed with \(error)")
      }
    }
  }

  /// Numbers that must arrive in order, as long as a connection lasts.
  private func report(_ link: Link) async throws {
    for number in UInt64(0)..<20 {
      let connection = try await link.connected()
      let report = ExecutorReport(executor: identity, number: number, running: [], memoryUsed: number)
      do {
        try await connection.sendWhenThereIsRoom(.reportExecutor(report))
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        // Lost: the next one comes on the next connection.
      }
      try await context.time.sleep(for: .milliseconds(150))
    }
  }

  private func fetch(_ link: Link) async throws {
    let budget = MemoryBudget(limit: .mebibytes(1))
    for number in UInt64(1)...5 {
      let length = TransportContent.blockLength / Int(number)
      let part = BlockRequest(block: TransportContent.block(number), offset: number, length: UInt64(length - 10))
      while true {
        let connection = try await link.connected()
        do {
          let slab = try await connection.fetch(part, into: budget, within: .seconds(3))
          let expected = TransportContent.bytes(number, count: TransportContent.blockLength)
          if !slab.bytes.prefix(length - 10).elementsEqual(expected[Int(number)...].prefix(length - 10)) {
            ledger.note(violation: "block \(number) has another content")
          }
          probe("transport.block-fetched")
          break
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          try await context.time.sleep(for: .milliseconds(20))
        }
      }
    }
    guard budget.used.bytes == 0 else { throw FlintError(.simulationFailed, "\(budget.used) of blocks are left") }
  }
}
