import FlintCore
import Testing

@Suite("Deadlines")
struct DeadlineTests {
  private let time = ManualTime()

  @Test("an operation that ends in time gives its result, and its timer is gone")
  func inTime() async throws {
    let result = try await time.withDeadline(.seconds(5), owner: "test: a number") { 42 }
    #expect(result == 42)
    #expect(time.sleeperCount == 0)
  }

  @Test("an operation's own error passes through")
  func failing() async {
    let error = await failure {
      try await time.withDeadline(.seconds(5), owner: "test: a file") { () async throws -> Int in
        throw FlintError(.fileNotFound, "no file")
      }
    }
    #expect(error?.code == .fileNotFound)
    #expect(time.sleeperCount == 0)
  }

  @Test("when the deadline comes first, the operation is cancelled and the error names owner and duration")
  func tooLate() async throws {
    let time = time
    let waiting = Task {
      try await time.withDeadline(.seconds(5), owner: "driver: executor 3's hello") {
        try await time.sleep(until: .distantFuture)
      }
    }
    await time.sleepers(count: 2)
    time.advance(by: .milliseconds(4999))
    #expect(time.sleeperCount == 2)
    time.advance(by: .milliseconds(1))
    let error = await failure { try await waiting.value }
    #expect(error?.code == .deadlineExceeded)
    #expect(error?.what == "driver: executor 3's hello took longer than 5s")
    #expect(time.sleeperCount == 0)
  }

  @Test("cancelling the caller cancels the operation, and its error is the operation's")
  func cancelled() async throws {
    let time = time
    let waiting = Task {
      try await time.withDeadline(.seconds(5), owner: "test: nothing") {
        try await time.sleep(until: .distantFuture)
      }
    }
    await time.sleepers(count: 2)
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(time.sleeperCount == 0)
  }

  @Test("cancelling the caller does not take away a result that the operation still gives")
  func resultAfterCancellation() async throws {
    let time = time
    let waiting = Task {
      try await time.withDeadline(.seconds(5), owner: "test: a number") {
        try? await time.sleep(until: .distantFuture)
        // Give the timer, which is cancelled too, the time to end first.
        for _ in 0..<1000 { await Task.yield() }
        return 42
      }
    }
    await time.sleepers(count: 2)
    waiting.cancel()
    #expect(try await waiting.value == 42)
  }
}
