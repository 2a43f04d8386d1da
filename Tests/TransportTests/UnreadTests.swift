import FlintCore
import FlintTransport
import FlintWire
import Testing
import WireSamples

@Suite("Messages that are sent together, and taken unread", .timeLimit(.minutes(1)))
struct UnreadTests {
  @Test("what is sent together arrives in order, read or as bytes, and stops at the high-water mark")
  func together() async throws {
    let taken = Events()
    var handler = ConnectionHandler { _, message, _ in
      guard case .reportExecutor(let report) = message else { return }
      taken.add("read \(report.number)")
    }
    handler.unread = { _, kind, body, request in
      // Every other report is left to be read.
      guard kind == .reportExecutor, request == nil, body[16] % 2 == 0 else { return false }
      taken.add("unread \(body[16])")
      return true
    }
    let listening = handler
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in listening
      }
      let connection = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent
      }
      #expect(try await connection.sendReports(upTo: 20) == 20)
      try await driver.context.eventually("all reports") { taken.all.count == 20 }
      #expect(taken.all == (0..<20).map { $0 % 2 == 0 ? "unread \($0)" : "read \($0)" })
      listener.close()
    }
  }

  @Test("nothing is sent where there is no room")
  func noRoom() async throws {
    var limits = Limits()
    limits.highWaterMark = ByteCount(400)
    limits.lowWaterMark = ByteCount(10)
    try await TestNode.withPair(executor: limits) { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .silent }
      let connection = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent
      }
      let sent = try await connection.sendReports(upTo: 100)
      // Frames of 68 bytes: the one that passes the mark is the last.
      #expect(sent == 6)
      try await connection.waitForRoomToSend()
      #expect(try await connection.sendReports(upTo: 1) == 1)
      listener.close()
    }
  }
}

extension Connection {
  /// Sends reports together while there is room, every third as bytes; returns how many it were.
  fileprivate func sendReports(upTo count: Int) throws -> Int {
    try together { connection in
      for number in 0..<count {
        let report = TransportSamples.report(UInt64(number))
        let isSent =
          number % 3 == 0
          ? try WireBytes.body(report).withUnsafeBytes { try connection.sendIfThereIsRoom(.reportExecutor, body: $0) }
          : try connection.sendIfThereIsRoom(report)
        if !isSent { return number }
      }
      return count
    }
  }
}
