import FlintCore
import FlintTransport
import FlintWire
import HeldMemory
import Testing
import WireSamples

@Suite("Hostile peers on a live port", .timeLimit(.minutes(2)))
struct HostileTests {
  /// What a peer does, and the words with which its end is logged.
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let words: String
    /// Whether it says hello first.
    var isIntroduced = true
    let run: @Sendable (RawPeer, TestNode) async throws -> Void
  }

  static let attacks = [
    Attack(testDescription: "plain HTTP", words: "no frame: notAFrame", isIntroduced: false) { peer, _ in
      await peer.send(Array("GET / HTTP/1.1\r\nHost: flint.example\r\n\r\n".utf8))
    },
    Attack(testDescription: "a TLS hello", words: "no frame: notAFrame", isIntroduced: false) { peer, _ in
      await peer.send([22, 3, 1, 2, 0, 1, 0, 1, 252] + [UInt8](repeating: 3, count: 500))
    },
    Attack(testDescription: "another version", words: "no frame: version(9)", isIntroduced: false) { peer, node in
      var frame = WireBytes.frame(.hello, node.transport.local)
      frame[2] = 9
      await peer.send(frame)
    },
    Attack(testDescription: "a message before the hello", words: "no place here: request", isIntroduced: false) {
      peer, _ in
      await peer.send(.request, .echo([1]), 1 << 32)
    },
    Attack(testDescription: "a hello of four gigabytes", words: "tooLong(4294967295)", isIntroduced: false) {
      peer, node in
      var frame = WireBytes.frame(.hello, node.transport.local)
      WireBytes.set(&frame, 8, .max)
      WireBytes.sealHeader(&frame)
      await peer.send(frame)
    },
    Attack(testDescription: "another cluster", words: "belongs to the cluster elsewhere", isIntroduced: false) {
      peer, node in
      var hello = node.transport.local
      hello.cluster = "elsewhere"
      await peer.send(.hello, hello)
    },
    Attack(testDescription: "another build", words: "another build", isIntroduced: false) { peer, node in
      var hello = node.transport.local
      hello.build = [66]
      await peer.send(.hello, hello)
    },
    Attack(testDescription: "a role without business", words: "a observer has no business here", isIntroduced: false) {
      peer, node in
      var hello = node.transport.local
      (hello.role, hello.executor) = (.observer, nil)
      await peer.send(.hello, hello)
    },
    Attack(testDescription: "an end in the middle of a frame", words: "without a goodbye", isIntroduced: false) {
      peer, node in
      await peer.send(Array(WireBytes.frame(.hello, node.transport.local).dropLast()))
      await peer.finish()
    },
    Attack(testDescription: "a reset in the middle of a frame", words: "connection-lost") { peer, _ in
      await peer.send(
        Array(WireBytes.frame(.request, .echo([1, 2, 3]), correlation: 1 << 32, sequence: 1).dropLast(2)))
      await peer.abort()
    },
    Attack(testDescription: "a second hello", words: "no place here: hello") { peer, node in
      await peer.send(.hello, node.transport.local)
    },
    Attack(testDescription: "an unknown message", words: "unknown kind 4242") { peer, _ in
      await peer.send(.oneWay, message: 4242, [1])
    },
    Attack(testDescription: "an order that only a driver gives", words: "may not send: launchTask") { peer, _ in
      await peer.send(.oneWay, message: MessageKind.launchTask.rawValue, [1])
    },
    Attack(testDescription: "garbage in a right frame", words: "cannot be read: updateStatus") { peer, _ in
      let garbage = [UInt8](repeating: 255, count: 90)
      let kind = MessageKind.updateStatus.rawValue
      await peer.send(WireBytes.frame(.request, message: kind, correlation: 1 << 32, sequence: 1, garbage))
    },
    Attack(testDescription: "another executor's name", words: "in the name of executor 5") { peer, _ in
      let other = ExecutorIncarnation(executor: ExecutorID(rawValue: 5), number: 0)
      await peer.send(
        .oneWay, .reportExecutor(ExecutorReport(executor: other, number: 0, running: [], memoryUsed: 0)))
    },
    Attack(testDescription: "a lost incarnation's name", words: "in the name of executor 4 incarnation 9") { peer, _ in
      let other = ExecutorIncarnation(executor: TestNode.executor.executor, number: 9)
      await peer.send(
        .oneWay, .reportExecutor(ExecutorReport(executor: other, number: 0, running: [], memoryUsed: 0)))
    },
    Attack(testDescription: "an answer that nobody asked for", words: "answered what nobody asked") { peer, _ in
      await peer.send(.reply, .echoed([1]), 1 << 32)
    },
    Attack(testDescription: "a request twice", words: "used the number of a request twice") { peer, _ in
      for _ in 0..<2 { await peer.send(.request, .echo([1]), 1 << 32) }
    },
    Attack(testDescription: "a frame twice", words: "order(expected: 2, got: 1)") { peer, _ in
      for _ in 0..<2 { await peer.send(WireBytes.frame(.heartbeat, sequence: 1)) }
    },
    Attack(testDescription: "a flipped bit", words: "bodyChecksum") { peer, _ in
      var frame = WireBytes.frame(.request, .echo([1]), correlation: 1 << 32, sequence: 1)
      frame[32] ^= 4
      await peer.send(frame)
    },
  ]

  @Test("each is cut off with one typed reason in the log, and the good peer beside it stays", arguments: attacks)
  func attack(_ attack: Attack) async throws {
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      let good = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent }
      let peer =
        attack.isIntroduced
        ? try await RawPeer.introduced(to: listener.endpoint, from: executor)
        : try await RawPeer.dial(listener.endpoint, from: executor)
      try await attack.run(peer, executor)
      try await executor.context.eventually("the end of the hostile connection") {
        // Before it is accepted there is but one connection as well.
        let isOver = driver.log.events.contains { $0.message.contains("connection") }
        let left = await driver.transport.openCount
        return isOver && left == 1
      }
      let lines = driver.log.events.filter { $0.message.contains("connection") }
      #expect(lines.count == 1, "\(lines.map(\.message))")
      #expect(lines.first?.message.contains(attack.words) == true, "\(lines.map(\.message))")
      if !attack.isIntroduced {
        let received = await peer.received
        // A refusal is a frame without a body; whoever is no peer at all gets nothing.
        #expect(received.isEmpty || received.count == FrameHeader.size && received[3] == FrameKind.refused.rawValue)
      }
      #expect(try await good.request(.echo([7])) == .echoed([7]))
      await peer.abort()
      listener.close()
    }
  }

  @Test("a hello one byte at a time is still a hello")
  func singleBytes() async throws {
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      let peer = try await RawPeer.dial(listener.endpoint, from: executor)
      for byte in WireBytes.frame(.hello, executor.transport.local) {
        await peer.send([byte])
        // One write a byte: the next leaves after this one has.
        await Task.yield()
      }
      try await executor.context.eventually("the welcome") {
        await peer.firstKind == .welcome
      }
      await peer.abort()
      listener.close()
    }
  }

  @Test("a thousand strangers that say nothing: few are kept, all are gone in time, and the good peer is served")
  func strangers() async throws {
    var limits = Limits()
    limits.halfOpenConnections = 8
    limits.handshakeDeadline = .milliseconds(300)
    try await TestNode.withPair(driver: limits) { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      let good = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent }
      let before = try HeldMemory.now()
      var strangers: [RawPeer] = []
      for _ in 0..<1_000 {
        // Whoever is turned away at once may learn it while dialling.
        if let stranger = try? await RawPeer.dial(listener.endpoint, from: executor) { strangers.append(stranger) }
        #expect(await driver.transport.strangerCount <= 8)
      }
      #expect(try await good.request(.echo([7])) == .echoed([7]))
      // Of both ends: the strangers live here as well.
      let grown = try HeldMemory.now().bytes - before.bytes
      #expect(grown < ByteCount.mebibytes(16).bytes, "the crowd took \(ByteCount(grown))")
      let context = executor.context
      try await context.eventually("their end") { await driver.transport.openCount == 1 }
      for stranger in strangers {
        try await context.eventually("the end of each") { await stranger.hasEnded }
        await stranger.abort()
      }
      #expect(await driver.transport.strangerCount == 0)
      let stalled = driver.log.events.filter { $0.message.contains("in time") }.count
      let turnedAway = driver.log.events.filter { $0.message.contains("too many") }.count
      #expect(stalled >= 8 && stalled + turnedAway == 1_000, "\(stalled) and \(turnedAway)")
      let another = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent }
      #expect(try await another.request(.echo([8])) == .echoed([8]))
      listener.close()
    }
  }

  @Test("without proof of belonging nobody is listened to")
  func unidentified() async throws {
    let driver = try TestNode(.driver, admission: Admission())
    let executor = try TestNode(.executor)
    let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
    await #expect(throws: FlintError.self) {
      _ = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent }
    }
    #expect(driver.log.events.contains { $0.message.contains("nothing is known of it") })
    listener.close()
    await executor.shutdown()
    await driver.shutdown()
  }
}
