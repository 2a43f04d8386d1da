import FlintCore
import FlintTransport
import FlintWire
import Testing
import WireSamples

@Suite("Slow, silent and lost peers", .timeLimit(.minutes(2)))
struct PressureTests {
  /// Quick enough for a test to see a peer go silent.
  private static var quick: Limits {
    var limits = Limits()
    limits.heartbeatInterval = .milliseconds(20)
    limits.suspectAfter = .milliseconds(60)
    limits.fencedAfter = .milliseconds(150)
    limits.writeDeadline = .milliseconds(400)
    return limits
  }

  @Test("a sender stops at the high-water mark, and goes on when the peer reads again")
  func backPressure() async throws {
    var limits = Limits()
    limits.highWaterMark = .kibibytes(256)
    limits.lowWaterMark = .kibibytes(64)
    limits.frameLength = .kibibytes(64)
    try await TestNode.withPair(driver: limits) { driver, executor in
      let accepted = AcceptedConnection()
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { connection, _ in
        accepted.take(connection)
        return .silent
      }
      let peer = try await RawPeer.introduced(to: listener.endpoint, from: executor)
      await peer.pause()
      let connection = try #require(accepted.connection)
      let count = 2000
      let work = [UInt8](repeating: 5, count: 10_000)
      let progress = Events()
      let sending = Task {
        for number in 0..<count {
          try await connection.sendWhenThereIsRoom(.launchTask(TransportSamples.task(UInt64(number), work)))
          progress.add("sent")
        }
      }
      // 20 MB do not fit into the sockets: the sender must stand.
      try await driver.context.eventually("a full queue") { await connection.queuedByteCount > 256 << 10 }
      #expect(progress.all.count < count)
      var most = 0
      await peer.resume()
      while progress.all.count < count {
        most = max(most, await connection.queuedByteCount)
        try await driver.context.time.sleep(for: .milliseconds(1))
      }
      try await sending.value
      #expect(most <= 256 << 10 + 11_000, "\(most) bytes were queued")
      try await driver.context.eventually("all of it") { await peer.received.count > count * 10_000 }
      await peer.abort()
      listener.close()
    }
  }

  @Test("who only sends requests and never reads the answers is not read any more, and then given up")
  func unreadAnswers() async throws {
    var limits = Self.quick
    limits.highWaterMark = .kibibytes(64)
    limits.lowWaterMark = .kibibytes(16)
    limits.frameLength = .kibibytes(64)
    limits.fencedAfter = .seconds(20)
    try await TestNode.withPair(driver: limits) { driver, executor in
      let accepted = AcceptedConnection()
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { connection, _ in
        accepted.take(connection)
        return .echoing
      }
      let peer = try await RawPeer.introduced(to: listener.endpoint, from: executor)
      await peer.pause()
      let bytes = [UInt8](repeating: 9, count: 30_000)
      var most = 0
      for number in UInt64(1)...1000 {
        await peer.send(.request, .echo(bytes), number << 32)
        most = max(most, await accepted.connection?.queuedByteCount ?? 0)
        if await peer.hasEnded { break }
        if await accepted.connection?.isOpen != true { break }
        await Task.yield()
      }
      try await driver.context.eventually("its end") { await driver.transport.openCount == 0 }
      #expect(await accepted.connection?.endReason == .writeStalled)
      // Twice the mark, and what one chunk of requests was answered by.
      #expect(most < 2 << 20, "\(most) bytes were queued")
      await peer.abort()
      listener.close()
    }
  }

  @Test("a peer that goes silent is found out; one that sends heartbeats stays")
  func silence() async throws {
    try await TestNode.withPair(driver: Self.quick, executor: Self.quick) { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      let good = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent }
      let silent = try await RawPeer.introduced(to: listener.endpoint, from: executor)
      try await driver.context.eventually("its end") { await silent.hasEnded }
      #expect(driver.log.events.contains { $0.message.contains("nothing was heard") })
      let answer = try await good.request(.echo([1]))
      #expect(answer == .echoed([1]))
      #expect(await good.isOpen)
      await silent.abort()
      listener.close()
    }
  }

  @Test("a link dials again until somebody answers, and again when he is gone")
  func links() async throws {
    var limits = Limits()
    limits.redialAfter = .milliseconds(1)
    limits.redialAtMost = .milliseconds(20)
    let executor = try TestNode(.executor, limits: limits)
    let first = try TestNode(.driver)
    let listener = try await first.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
    let endpoint = listener.endpoint
    let link = Link(executor.transport, to: endpoint, expecting: .driver) { _, _ in .silent }
    let running = Task { await link.run() }
    let connection = try await link.connected()
    #expect(try await connection.request(.echo([1])) == .echoed([1]))
    listener.close()
    await first.transport.shutdown(within: .zero)
    try await executor.context.eventually("the loss") { await link.connection == nil }
    await first.shutdown()

    let second = try TestNode(.driver)
    let another = try await second.transport.listen(at: endpoint, serving: [.executor]) { _, _ in .echoing }
    let again = try await link.connected()
    #expect(try await again.request(.echo([2])) == .echoed([2]))
    running.cancel()
    await running.value
    try await executor.context.eventually("the end") { await executor.transport.openCount == 0 }
    let late = Task { try await link.connected() }
    late.cancel()
    await #expect(throws: CancellationError.self) { _ = try await late.value }
    another.close()
    await executor.shutdown()
    await second.shutdown()
  }

  @Test("no descriptor, no connection and no stranger is left after a thousand of them")
  func churn() async throws {
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      for number in 0..<1000 {
        let connection = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in
          .silent
        }
        if number % 10 == 0 { _ = try await connection.request(.echo([1])) }
        if number % 2 == 0 {
          await connection.close()
        } else {
          await connection.leave(by: executor.context.time.now.advanced(by: .seconds(20)))
        }
      }
      try await driver.context.eventually("none left") {
        let (near, far) = (await driver.transport.openCount, await executor.transport.openCount)
        return near + far == 0
      }
      #expect(await driver.transport.strangerCount == 0)
      listener.close()
    }
  }
}
