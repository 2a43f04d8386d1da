import FlintCore
import FlintSupervisor
import FlintWire

extension ProcessScenario {
  static let links = partitions + streams + damagedFrames + repeats + requests

  private static let partitions = [
    ProcessScenario("partition-short", [19], "driver and executor are parted for two seconds: nobody minds") { arena in
      let links = try await Links([.executorDriver], in: arena)
      let sums = try await arena.sums(gate: "--map-gate", settings: links.settings)
      try await sums.log.wait(for: "taskStarted", count: 2)
      await links["e0/driver.sock"].partition()
      try await arena.context.time.sleep(for: .seconds(2))
      await links["e0/driver.sock"].heal()
      await links.expectUsed()
      try await arena.succeed(sums)
    },
    ProcessScenario(
      "partition-long", [19, 13], "driver and executor are parted until it is lost: it changes nothing after they meet"
    ) { arena in
      let links = try await Links([.executorDriver], in: arena)
      let sums = try await arena.sums(gate: "--map-gate", settings: links.settings)
      let started = try await sums.log.wait(for: "taskStarted", count: 2)
      let victim = try await sums.application.executor(
        of: started.first { $0.executor?.executor.rawValue == 0 } ?? started[0])
      await links["e0/driver.sock"].partition()
      let event = try await arena.lost(victim, of: sums.application)
      arena.require(event.text("cause")?.hasPrefix("silent for") == true, .told, "\(event)")
      await links["e0/driver.sock"].heal()
      await links.expectUsed()
      try await arena.succeed(sums, lost: 1)
    },
    ProcessScenario(
      "heartbeats-only", [20, 28], "an executor's heartbeats pass and the end of a task does not: it is told again"
    ) { arena in
      let links = try await Links([.executorDriver], in: arena)
      await links["e0/driver.sock"].arm(.drop, on: FramePattern(message: .updateStatus))
      let sums = try await arena.sumsOnBoth(settings: links.settings)
      try await arena.succeed(sums)
      await links.expectFired()
    },
    ProcessScenario("data-only", [20], "an executor's heartbeats are lost: it is silent, and lost") { arena in
      let links = try await Links([.executorDriver], in: arena)
      let proxy = links["e0/driver.sock"]
      await proxy.arm(
        .drop, on: FramePattern(LinkSelector(direction: .outward), message: .reportExecutor), skip: 1, count: 20)
      await proxy.arm(
        .drop, on: FramePattern(LinkSelector(direction: .outward), frame: .heartbeat), count: 20)
      let sums = try await arena.sums(gate: "--map-gate", settings: links.settings)
      let lost = try await sums.log.wait(for: "executorLost")
      arena.require(lost[0].text("cause")?.contains("silent") == true, .told, "\(lost[0])")
      try await arena.succeed(sums, lost: 1)
      await links.expectFired()
    },
    ProcessScenario(
      "executors-parted", [21], "executors cannot reach each other, and all heartbeats are fine: the job ends well"
    ) { arena in
      try await parted(.executorExecutor, Arena.memory, until: "fetchFailed", in: arena)
    },
    ProcessScenario(
      "nodes-parted", [2, 21], "the files of each node cannot be reached by the other, for a while: they are made again"
    ) { arena in
      try await parted(.executorNode, Arena.files, until: "fetchFailed", in: arena)
    },
  ]

  private static let streams = [
    ProcessScenario(
      "silent-connection", [22], "a connection stands open and carries nothing: the executor is lost by silence"
    ) {
      arena in
      let links = try await Links([.executorDriver], in: arena)
      await links["e0/driver.sock"].arm(.freeze, on: FramePattern(message: .reportExecutor), skip: 1)
      let sums = try await arena.sums(gate: "--map-gate", settings: links.settings)
      let lost = try await sums.log.wait(for: "executorLost")
      arena.require(lost[0].text("cause")?.contains("silent") == true, .told, "\(lost[0])")
      try await arena.succeed(sums, lost: 1)
      await links.expectFired()
    },
    ProcessScenario("cut-in-header", [23], "the driver's connection breaks in a frame's header: that executor is lost")
    {
      arena in
      try await cut(.cut(afterBytes: 10), at: .updateStatus, in: arena)
    },
    ProcessScenario("cut-in-body", [23], "the driver's connection breaks in a frame's body: that executor is lost") {
      arena in
      try await cut(.cut(afterBytes: 40), at: .launchTask, in: arena)
    },
    ProcessScenario("cut-in-block", [23], "a connection for blocks breaks in a frame: the block is fetched again") {
      arena in
      let links = try await Links([.executorNode], in: arena)
      await links.arm(.cut(afterBytes: 20), on: FramePattern(frame: .block))
      let sums = try await arena.sumsOnBoth(settings: [Arena.files] + links.settings)
      try await arena.succeed(sums)
      await links.expectFired()
    },
    ProcessScenario("slow-rate", [24], "every link carries 100 KB a second: the job takes its time") { arena in
      let links = try await Links(LinkKind.allCases, in: arena)
      await links.set(LinkConditions(bytesPerSecond: 100_000))
      let sums = try await arena.sumsOnBoth(settings: [Arena.files] + links.settings)
      try await arena.succeed(sums)
      await links.expectUsed()
    },
    ProcessScenario("late-links", [24], "every byte is 200 ms on its way: the job takes its time") { arena in
      let links = try await Links(LinkKind.allCases, in: arena)
      await links.set(LinkConditions(delay: .milliseconds(200)))
      let sums = try await arena.sumsOnBoth(settings: [Arena.memory] + links.settings)
      try await arena.succeed(sums)
      await links.expectUsed()
    },
    ProcessScenario("byte-by-byte", [25], "every byte arrives alone: the answer is right") { arena in
      let links = try await Links(LinkKind.allCases, in: arena)
      await links.set(LinkConditions(chunk: 1))
      let sums = try await arena.sumsOnBoth(settings: [Arena.files] + links.settings)
      try await arena.succeed(sums)
      await links.expectUsed()
    },
    ProcessScenario(
      "late-messages", [12], "what a dead executor has said arrives when its next life has begun: it means nothing"
    ) { arena in
      let links = try await Links([.executorDriver], in: arena)
      let sums = try await arena.sums(gate: "--map-gate", settings: links.settings)
      let started = try await sums.log.wait(for: "taskStarted", count: 2)
      let victim = try await sums.application.executor(
        of: started.first { $0.executor?.executor.rawValue == 0 } ?? started[0])
      await links["e0/driver.sock"].set(LinkConditions(delay: .seconds(2)))
      try await arena.kill(victim, of: sums.application)
      try await sums.log.wait(for: "executorAdded", count: 3)
      try await arena.succeed(sums, lost: 1)
    },
  ]

  private static let damagedFrames: [ProcessScenario] =
    [
      ("header", LinkFault.Part.header, 77), ("length", .length, 20), ("body", .body, 300),
    ].map { name, part, bit in
      ProcessScenario(
        "corrupt-\(name)", [26],
        "a bit of a frame's \(name) flips on its way: that connection ends, nothing is believed"
      ) { arena in
        try await cut(.corrupt(part, bit: bit), at: .updateStatus, in: arena)
      }
    } + [
      ProcessScenario("corrupt-block", [26], "a bit of a block flips on its way, once: it is fetched again") { arena in
        try await corruptBlocks(1, in: arena)
      },
      ProcessScenario(
        "corrupt-blocks", [26, 37], "blocks arrive damaged again and again: their maps run again, then they are sound"
      ) { arena in
        try await arena.requireFetchFailure(try await corruptBlocks(6, in: arena))
      },
    ]

  private static let repeats = [
    ProcessScenario(
      "message-twice", [27], "messages come twice as if their senders had said them twice: nothing happens twice"
    ) { arena in
      let links = try await Links([.executorDriver], in: arena)
      for kind in [MessageKind.launchTask, .describeStage, .reportExecutor, .killTask, .removeBlocks] {
        await links.arm(.double, on: FramePattern(message: kind), count: 2)
      }
      let sums = try await arena.sumsOnBoth(settings: links.settings)
      try await arena.succeed(sums)
      await links.expectFired()
    },
    ProcessScenario("frame-replayed", [27], "a frame comes again with its number: that connection ends") { arena in
      try await cut(.replay, at: .updateStatus, in: arena)
    },
    ProcessScenario("frame-missing", [27], "a frame is missing from the stream: that connection ends") { arena in
      try await cut(.tear, at: .updateStatus, in: arena)
    },
  ]

  /// The request is lost, or its answer is; who asked asks again after its deadline.
  private static let requests: [ProcessScenario] = [
    (MessageKind.askCommit, MessageKind.answerCommit, [LinkKind.executorDriver]),
    (.updateStatus, .statusNoted, [.executorDriver]),
    (.fetchBlock, .sendBlock, [.executorNode]),
  ].flatMap { request, answer, kinds in
    [request, answer].map { message in
      ProcessScenario("lost-\(message)", [28], "one \(message) is lost without a trace: it is asked for again") {
        arena in
        let links = try await Links(kinds, in: arena)
        for proxy in links.all {
          await proxy.arm(message == .sendBlock ? .freeze : .drop, on: FramePattern(message: message))
        }
        let sums = try await arena.sumsOnBoth(settings: [Arena.files] + links.settings)
        try await arena.succeed(sums, recomputed: nil)
        await links.expectFired()
      }
    }
  }

  /// The first `count` blocks on each link to the files of another node are damaged.
  @discardableResult
  private static func corruptBlocks(_ count: Int, in arena: Arena) async throws -> Sums {
    let links = try await Links([.executorNode], in: arena)
    for socket in ["e0/n1.sock", "e1/n0.sock"] {
      await links[socket].arm(.corrupt(.block, bit: 99), on: FramePattern(frame: .block), count: count)
    }
    // Each node has an output, so that each reader fetches one.
    let sums = try await arena.sums(gate: "--map-gate", settings: [Arena.files] + links.settings)
    try await sums.log.wait(for: "taskStarted", count: 2)
    try await arena.succeed(sums, lost: 0, recomputed: count == 1 ? 0 : nil)
    await links.expectFired()
    return sums
  }

  /// All links of one kind carry nothing until an event has come; then they are sound again.
  private static func parted(
    _ kind: LinkKind, _ setting: String, until event: String, in arena: Arena
  ) async throws {
    let links = try await Links([kind], in: arena)
    let sums = try await arena.sums(gate: "--first-gate", settings: [setting] + links.settings)
    try await sums.log.wait(for: "mapOutputRegistered", count: Sums.partitions - 1)
    for proxy in links.all { await proxy.partition() }
    guard let gate = sums.gate else { return }
    try await gate.opened { _ = try await sums.log.wait(for: event) }
    for proxy in links.all { await proxy.heal() }
    try await arena.succeed(sums, lost: 0, recomputed: nil)
    try await arena.requireFetchFailure(sums)
  }

  /// A fault that ends one executor's connection to its driver, and with it that life of it.
  private static func cut(_ fault: LinkFault, at message: MessageKind, in arena: Arena) async throws {
    let links = try await Links([.executorDriver], in: arena)
    await links["e0/driver.sock"].arm(fault, on: FramePattern(message: message))
    // Each executor has a task, so that each has something to say.
    let sums = try await arena.sums(gate: "--map-gate", settings: [Arena.files] + links.settings)
    try await sums.log.wait(for: "taskStarted", count: 2)
    try await arena.succeed(sums, lost: 1, recomputed: 0)
    await links.expectFired()
  }
}

extension Arena {
  /// Demands that a reader has complained of an output.
  func requireFetchFailure(_ sums: Sums) async throws {
    let complaints = try await sums.log.events().filter { $0.name == "fetchFailed" }
    require(!complaints.isEmpty, .told, "nobody has complained of an output")
    if !complaints.isEmpty { fired("\(complaints.count) fetches failed") }
  }
}
