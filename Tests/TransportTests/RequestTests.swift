import FlintCore
import FlintTransport
import FlintWire
import Testing

@Suite("Requests over real sockets", .timeLimit(.minutes(2)))
struct RequestTests {
  /// What an executor's question is answered by: nothing, for odd numbers; an error, for multiples of ten.
  private static let answering = ConnectionHandler { connection, message, request in
    guard case .askCommit(let question) = message, let request else { return }
    let number = question.attempt.task.partition.rawValue
    if number % 10 == 0 {
      connection.fail(request, with: FlintError(.diskFull, "no room for \(number)", why: "it is full"))
    } else if number % 2 == 0 {
      connection.answer(request, with: .answerCommit(CommitAnswer(attempt: question.attempt, isAuthorised: true)))
    }
  }

  private static func question(_ number: UInt64) -> Message {
    .askCommit(CommitQuestion(attempt: TransportSamples.attempt(number), executor: TestNode.executor))
  }

  private static func withConnection(
    driver: Limits = Limits(), executor: Limits = Limits(), _ handler: ConnectionHandler,
    _ body: (Connection, TestNode, TestNode) async throws -> Void
  ) async throws {
    try await TestNode.withPair(driver: driver, executor: executor) { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in handler }
      let connection = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent
      }
      try await body(connection, driver, executor)
      listener.close()
    }
  }

  @Test("an error arrives with its code and words")
  func failures() async throws {
    try await Self.withConnection(Self.answering) { connection, _, _ in
      do {
        _ = try await connection.request(Self.question(20))
        Issue.record("no error")
      } catch let error as FlintError {
        #expect(error.code == .diskFull)
        #expect(error.what == "no room for 20")
        #expect(error.why == "it is full")
      }
    }
  }

  @Test("a request without an answer ends at its deadline, and the connection goes on")
  func deadlines() async throws {
    try await Self.withConnection(Self.answering) { connection, _, _ in
      for _ in 0..<3 {
        await expect(.deadlineExceeded) {
          _ = try await connection.request(Self.question(1), within: .milliseconds(20))
        }
      }
      let answer = try await connection.request(Self.question(2))
      #expect(answer == .answerCommit(CommitAnswer(attempt: TransportSamples.attempt(2), isAuthorised: true)))
    }
  }

  @Test("who cancels waits no longer, and the work for him is cancelled on the other side")
  func cancellation() async throws {
    let events = Events()
    let handler = ConnectionHandler { connection, message, request in
      guard let request, case .askCommit = message else { return }
      let context = connection.context
      connection.answer(request) {
        events.add("begun")
        defer { events.add(Task.isCancelled ? "cancelled" : "ended") }
        try await context.time.sleep(for: .seconds(60))
        return .statusNoted
      }
    }
    try await Self.withConnection(handler) { connection, _, executor in
      let asking = Task { try await connection.request(Self.question(1)) }
      try await executor.context.eventually("the work's begin") { events.all == ["begun"] }
      asking.cancel()
      await #expect(throws: CancellationError.self) { _ = try await asking.value }
      try await executor.context.eventually("the work's end") { events.all == ["begun", "cancelled"] }
      // One who is cancelled before he asks does not ask.
      let late = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await connection.request(Self.question(3))
      }
      await #expect(throws: CancellationError.self) { _ = try await late.value }
      #expect(events.all == ["begun", "cancelled"])
    }
  }

  @Test("the end of a connection ends every request on it, and the work on the other side")
  func lostConnection() async throws {
    let events = Events()
    let handler = ConnectionHandler { connection, _, request in
      guard let request else { return }
      let context = connection.context
      connection.answer(request) {
        events.add("begun")
        defer { events.add("ended") }
        try await context.time.sleep(for: .seconds(60))
        return .statusNoted
      }
    }
    try await Self.withConnection(handler) { connection, _, executor in
      let asking = (0..<10).map { number in Task { try await connection.request(Self.question(number)) } }
      try await executor.context.eventually("the work's begin") { events.all.count == 10 }
      await connection.close()
      for question in asking {
        await expect(.connectionLost) { _ = try await question.value }
      }
      try await executor.context.eventually("the work's end") { events.all.count == 20 }
      await expect(.connectionLost) { _ = try await connection.request(Self.question(2)) }
      #expect(await connection.endReason == .closed)
    }
  }

  @Test("more requests than the peer takes wait for one another")
  func fewSlots() async throws {
    var limits = Limits()
    limits.requestsInFlight = 2
    try await Self.withConnection(driver: limits, .echoing) { connection, driver, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in UInt8(0)..<200 {
          group.addTask {
            let answer = try await connection.request(.echo([number]))
            #expect(answer == .echoed([number]))
          }
        }
        try await group.waitForAll()
      }
      #expect(!driver.log.events.contains { $0.level >= .warning })
    }
  }

  @Test("a message that no frame may carry is refused at home, and nothing is lost")
  func tooLong() async throws {
    var limits = Limits()
    limits.frameLength = .kibibytes(8)
    try await Self.withConnection(driver: limits, .echoing) { connection, _, _ in
      await expect(.invalidArgument) {
        _ = try await connection.request(.echo([UInt8](repeating: 1, count: 9000)))
      }
      let answer = try await connection.request(.echo([1]))
      #expect(answer == .echoed([1]))
    }
  }

  @Test("a callback gets the answer, the error, or the end")
  func callbacks() async throws {
    let events = Events()
    try await Self.withConnection(Self.answering) { connection, _, executor in
      await connection.ask([Self.question(2), Self.question(10), Self.question(1)], events)
      try await executor.context.eventually("two answers") { events.all.count == 2 }
      await connection.close()
      #expect(events.all == ["answerCommit", "disk-full", "connection-lost"])
      await connection.ask([Self.question(2)], events)
      #expect(events.all.last == "connection-lost")
    }
  }

  @Test("both sides leave in order: what was asked is answered, then both have left")
  func leaving() async throws {
    let events = Events()
    let handler = ConnectionHandler { connection, _, request in
      guard let request else { return }
      let context = connection.context
      connection.answer(request) {
        try await context.eventually("the leave") { events.all == ["leaving"] }
        return .echoed([1])
      }
    } ended: { _, reason in
      events.add("\(reason)")
    }
    try await Self.withConnection(handler) { connection, driver, executor in
      async let answer = connection.request(.echo([1]))
      try await driver.context.eventually("the request") { await connection.hasOpenRequest }
      await connection.leave(by: executor.context.time.now.advanced(by: .seconds(20)))
      events.add("leaving")
      #expect(try await answer == .echoed([1]))
      await expect(.connectionLost) { _ = try await connection.request(.echo([2])) }
      try await driver.context.eventually("the end") { events.all.count == 2 }
      #expect(events.all == ["leaving", "\(CloseReason.left)"])
      try await driver.context.eventually("nothing left") { await driver.transport.openCount == 0 }
    }
  }
}

extension Connection {
  /// Asks by callbacks; what comes is noted.
  fileprivate func ask(_ messages: [Message], _ events: Events) {
    for message in messages {
      request(message) { _, result in
        switch result {
        case .success(let answer): events.add("\(answer.kind)")
        case .failure(let error): events.add(error.code.rawValue)
        }
      }
    }
  }
}
