import FlintCore
import FlintLineage
import FlintWire
import Testing

@testable import FlintDriver

/// The driver's node among executors that the tests play.
struct DriverNodeTests {
  private static let bytes: [UInt8] = [1, 2, 3]

  @Test("a stage is described to an executor before its first task there, and once", .timeLimit(.minutes(1)))
  func described() async throws {
    try await HandDriver.use { driver in
      let executor = try await driver.executor(0)
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(3)))
      var kinds: [MessageKind] = []
      for _ in 0..<3 {
        while let message = await inbox.next() {
          kinds.append(message.kind)
          guard case .launchTask(let task) = message else { continue }
          #expect(
            try await driver.say(executor.ended(task, .finished(result: Self.bytes)), as: executor) == .statusNoted)
          break
        }
      }
      #expect(kinds == [.describeStage, .launchTask, .launchTask, .launchTask])
      var partitions: [PartitionID] = []
      for try await result in job.results {
        #expect(result.bytes == Self.bytes)
        partitions.append(result.partition)
      }
      #expect(partitions.map(\.rawValue) == [0, 1, 2])
      #expect(await inbox.next() == .forgetStages(StageRemoval(stages: [StageID(rawValue: 0)])))
    }
  }

  @Test("whatever an executor says may come twice, and counts once", .timeLimit(.minutes(1)))
  func twice() async throws {
    try await HandDriver.use { driver in
      let executor = try await driver.executor(0)
      let answers = try await [
        driver.node.register(executor.registration, node: NodeID(rawValue: 0), over: executor),
        driver.node.register(executor.registration, node: NodeID(rawValue: 0), over: executor),
      ]
      #expect(answers[0] == answers[1])
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(2)))
      let first = try #require(await inbox.task())
      let question = Message.askCommit(CommitQuestion(attempt: first.attempt, executor: executor.executor))
      let yes = Message.answerCommit(CommitAnswer(attempt: first.attempt, isAuthorised: true))
      for _ in 0..<2 { #expect(try await driver.say(question, as: executor) == yes) }
      let report = ExecutorReport(executor: executor.executor, number: 1, running: [first.attempt], memoryUsed: 9)
      for _ in 0..<2 { #expect(try await driver.say(.reportExecutor(report), as: executor) == nil) }
      let dropped = BlockDropped(
        block: .cached(DatasetID(rawValue: 100), PartitionID(rawValue: 0)), executor: executor.executor)
      for _ in 0..<2 { #expect(try await driver.say(.blockDropped(dropped), as: executor) == nil) }
      for _ in 0..<2 {
        #expect(
          try await driver.say(executor.ended(first, .finished(result: Self.bytes)), as: executor) == .statusNoted)
      }
      let second = try #require(await inbox.task())
      #expect(second.attempt.task.partition.rawValue == 1)
      try await driver.say(executor.ended(second, .finished(result: [])), as: executor)
      try await driver.say(executor.ended(second, .finished(result: [])), as: executor)
      var count = 0
      for try await _ in job.results { count += 1 }
      #expect(count == 2)
      let summary = await driver.node.summary.total(.succeeded, wall: .zero)
      #expect(summary.tasks.succeeded == 2)
    }
  }

  @Test("tasks of a lost executor run elsewhere, and what it says afterwards is refused", .timeLimit(.minutes(1)))
  func lost() async throws {
    try await HandDriver.use { driver in
      let (one, two) = (try await driver.executor(0), try await driver.executor(1))
      var (first, second) = (one.messages.makeAsyncIterator(), two.messages.makeAsyncIterator())
      let job = try await driver.runtime.submit(Graph.job(Graph.source(2)))
      let lost = try #require(await first.task())
      let own = try #require(await second.task())
      await driver.node.connectionClosed(one.executor, "test")
      #expect(driver.provider.lost == [one.executor])
      try await driver.say(two.ended(own, .finished(result: [])), as: two)
      let again = try #require(await second.task())
      #expect(again.attempt.task == lost.attempt.task)
      #expect(again.attempt.number == 1)
      await #expect(throws: FlintError.self) {
        try await driver.say(one.ended(lost, .finished(result: Self.bytes)), as: one)
      }
      try await driver.say(two.ended(again, .finished(result: [5])), as: two)
      var results: [PartitionID: [UInt8]] = [:]
      for try await result in job.results { results[result.partition] = result.bytes }
      #expect(results[lost.attempt.task.partition] == [5])
      // The same life does not come back; the next one does.
      await #expect(throws: FlintError.self) {
        try await driver.node.register(one.registration, node: NodeID(rawValue: 0), over: one)
      }
      _ = try await driver.executor(0, life: 1)
    }
  }

  @Test(
    "map outputs in a lost executor's memory are computed again, those in its node's files are not",
    .timeLimit(.minutes(1)), arguments: [true, false])
  func outputs(inMemory: Bool) async throws {
    try await HandDriver.use { driver in
      let (one, two) = (try await driver.executor(0), try await driver.executor(1))
      var (first, second) = (one.messages.makeAsyncIterator(), two.messages.makeAsyncIterator())
      let job = try await driver.runtime.submit(Graph.job(Graph.exchanged(Graph.source(2), into: 2)))
      let maps = [try #require(await first.task()), try #require(await second.task())]
      for (executor, map) in zip([one, two], maps) {
        let place = BlockPlace(
          node: NodeID(rawValue: executor.executor.executor.rawValue), executor: inMemory ? executor.executor : nil,
          endpoint: .unix(path: "/node"))
        let report = MapOutputReport(
          shuffle: ShuffleID(rawValue: 5), place: place, byteCounts: [10, 10], rowCounts: [1, 1], checksum: 3)
        try await driver.say(executor.ended(map, .wrote(report)), as: executor)
      }
      let reduces = [try #require(await first.task()), try #require(await second.task())]
      #expect(reduces.map { $0.inputs.map(\.output.map) } == [maps.map(\.attempt), maps.map(\.attempt)])
      #expect(
        reduces.map { $0.inputs.map(\.reduce) } == reduces.map { Array(repeating: $0.attempt.task.partition, count: 2) }
      )
      await driver.node.connectionClosed(one.executor, "test")
      if inMemory {
        // What runs complains, the lost map runs again, and then what is missing of the result.
        let failure = FailureReport.Kind.fetchFailed(
          ShuffleID(rawValue: 5), map: maps[0].attempt.task.partition, epoch: reduces[1].epoch)
        let error = RemoteError(.connectionLost, "gone")
        try await driver.say(two.ended(reduces[1], .failed(FailureReport(kind: failure, error: error))), as: two)
        let again = try #require(await second.task())
        #expect(again.attempt.task.partition == maps[0].attempt.task.partition)
        #expect(again.inputs.isEmpty)
        let place = BlockPlace(node: NodeID(rawValue: 1), executor: two.executor, endpoint: .unix(path: "/two"))
        let report = MapOutputReport(
          shuffle: ShuffleID(rawValue: 5), place: place, byteCounts: [10, 10], rowCounts: [1, 1], checksum: 3)
        try await driver.say(two.ended(again, .wrote(report)), as: two)
      } else {
        try await driver.say(two.ended(reduces[1], .finished(result: [])), as: two)
      }
      for _ in 0..<(inMemory ? 2 : 1) {
        let task = try #require(await second.task())
        #expect(task.inputs.count == 2)
        try await driver.say(two.ended(task, .finished(result: [])), as: two)
      }
      var count = 0
      for try await _ in job.results { count += 1 }
      #expect(count == 2)
      let recomputed = await driver.node.summary.total(.succeeded, wall: .zero).partitionsRecomputed
      #expect(recomputed == (inMemory ? 1 : 0))
    }
  }

  @Test(
    "a job that fails says stage, partition, attempt, executor, the user's line and the error", .timeLimit(.minutes(1)))
  func failure() async throws {
    try await HandDriver.use { driver in
      let executor = try await driver.executor(0)
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(1)))
      for attempt in 0..<4 {
        let task = try #require(await inbox.task())
        #expect(task.attempt.number == attempt)
        let error = RemoteError(.userCode, "user code threw Odd()", remedy: "be even")
        let report = FailureReport(kind: .threw(isRetryable: true), error: error)
        try await driver.say(executor.ended(task, .failed(report)), as: executor)
      }
      let error = await #expect(throws: FlintError.self) { for try await _ in job.results {} }
      #expect(error?.code == .userCode)
      #expect(error?.what == "stage 0 attempt 0, partition 0, attempt 3 failed 4 times")
      #expect(error?.why == "user code threw Odd() on executor 0 incarnation 0")
      #expect(error?.remedy == "be even")
      #expect(error?.location == Graph.place)
    }
  }

  @Test("the task that ran where user code trapped is blamed, its neighbour is not", .timeLimit(.minutes(1)))
  func trapped() async throws {
    var limits = Limits()
    limits.taskAttempts = 2
    try await HandDriver.use(limits: limits, reportsExits: true) { driver in
      let job = try await driver.runtime.submit(Graph.job(Graph.source(1)))
      for life in 0..<2 {
        let executor = try await driver.executor(0, life: UInt64(life))
        var inbox = executor.messages.makeAsyncIterator()
        let task = try #require(await inbox.task())
        await driver.node.connectionClosed(executor.executor, "test")
        let end = ExecutorLoss(cause: "signal 4", trapped: task.attempt, lastWords: "Fatal error: odd")
        await driver.node.executorExited(executor.executor, end)
      }
      let error = await #expect(throws: FlintError.self) { for try await _ in job.results {} }
      #expect(error?.code == .taskFailed)
      #expect(error?.what.hasSuffix("failed 2 times") == true)
      #expect(error?.why?.contains("signal 4") == true && error?.why?.contains("Fatal error: odd") == true)
    }
  }

  @Test("a job that is cancelled has its tasks killed, and ends with job-cancelled", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    try await HandDriver.use { driver in
      let executor = try await driver.executor(0)
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(2)))
      let task = try #require(await inbox.task())
      let reading = Task { for try await _ in job.results {} }
      job.cancel()
      let kill = await inbox.next(but: [.describeStage, .forgetStages])
      guard case .killTask(let kill) = kill else {
        Issue.record("\(String(describing: kill)) is no kill")
        return
      }
      #expect(kill.attempt == task.attempt)
      let error = await #expect(throws: FlintError.self) { try await reading.value }
      #expect(error?.code == .jobCancelled)
      let report = FailureReport(kind: .killed, error: RemoteError(.jobCancelled, "killed"))
      try await driver.say(executor.ended(task, .failed(report)), as: executor)
    }
  }

  @Test("when nothing moves, the log says what waits for what", .timeLimit(.minutes(1)))
  func watchdog() async throws {
    var limits = Limits()
    limits.heartbeatInterval = .milliseconds(20)
    limits.noProgressAfter = .milliseconds(100)
    let log = StreamedLog()
    try await HandDriver.use(limits: limits, log: log) { driver in
      let executor = try await driver.executor(0)
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(3)))
      let task = try #require(await inbox.task())
      var warnings = log.warnings.makeAsyncIterator()
      let said = try #require(await warnings.next()).split(separator: "\n")
      #expect(said.first == "nothing has moved for 100ms")
      #expect(said.dropFirst().first == "  2 tasks of stage 0 attempt 0 wait: every slot is taken")
      #expect(said.last?.hasPrefix("  \(task.attempt) runs on executor 0 incarnation 0 for ") == true, "\(said)")
      job.cancel()
    }
  }

  @Test("only one try of a partition may commit, and only of the attempt that lives", .timeLimit(.minutes(1)))
  func commits() async throws {
    try await HandDriver.use { driver in
      let executor = try await driver.executor(0)
      var inbox = executor.messages.makeAsyncIterator()
      let job = try await driver.runtime.submit(Graph.job(Graph.source(1)))
      let task = try #require(await inbox.task())
      let stranger = TaskAttempt(task: task.attempt.task, number: 1)
      let ask = { Message.askCommit(CommitQuestion(attempt: $0, executor: executor.executor)) }
      let answer = { Message.answerCommit(CommitAnswer(attempt: $0, isAuthorised: $1)) }
      #expect(try await driver.say(ask(stranger), as: executor) == answer(stranger, false))
      #expect(try await driver.say(ask(task.attempt), as: executor) == answer(task.attempt, true))
      try await driver.say(executor.ended(task, .finished(result: [])), as: executor)
      for try await _ in job.results {}
      #expect(try await driver.say(ask(task.attempt), as: executor) == answer(task.attempt, false))
    }
  }
}
