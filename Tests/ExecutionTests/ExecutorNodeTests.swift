import FlintCore
import FlintExecution
import FlintLineage
import FlintTasks
import FlintWire
import Testing

@Suite("The executor's node")
struct ExecutorNodeTests {
  private struct Refusal: NotRetryable {}
  private struct Mishap: Error {}

  @Test("every message may come twice; a task runs once, and its end is told once")
  func everythingTwice() async throws {
    let (description, payload) = try ExecutorBench.describe { number, context in
      context.accumulate(7, CountUpdate(count: 1))
      return number + 1
    }
    let bench = try ExecutorBench()
    try await bench.executor.register()
    let launch = ExecutorBench.launch(ExecutorBench.attempt(0), payload: payload)
    await bench.send(description, description, launch, launch)
    let update = try #require(await bench.driver.updates(1).first)
    #expect(update.status == .finished(result: try RowCodec(Int.self).encode([2])))
    #expect(update.accumulators == [AccumulatorReport(accumulator: 7, update: [1])])
    #expect(update.metrics.cpuNanoseconds > 0 && update.metrics.wallNanoseconds > 0)
    let kill = Message.killTask(TaskKill(attempt: ExecutorBench.attempt(0), reason: "late"))
    let removal = Message.removeBlocks(BlockRemoval(blocks: [.taskResult(ExecutorBench.attempt(0))]))
    let forget = Message.forgetStages(StageRemoval(stages: [StageID(rawValue: 0)]))
    await bench.send(launch, kill, kill, removal, removal, forget, forget)
    #expect(await bench.executor.stageCount == 0)
    let stop = Message.stopExecutor(ExecutorStop(executor: ExecutorBench.incarnation))
    await bench.send(stop, stop)
    #expect(await bench.ended.first().description == "the driver needs it no longer")
    #expect(await bench.close())
    #expect(bench.driver.updates.count == 1 && bench.ended.all.count == 1)
  }

  @Test("what is meant for another incarnation is not run")
  func otherIncarnation() async throws {
    let (description, payload) = try ExecutorBench.describe { number, _ in number }
    let bench = try ExecutorBench()
    let before = ExecutorIncarnation(executor: ExecutorBench.incarnation.executor, number: 0)
    await bench.send(
      description, ExecutorBench.launch(ExecutorBench.attempt(0), payload: payload, of: before),
      .stopExecutor(ExecutorStop(executor: before)), ExecutorBench.launch(ExecutorBench.attempt(1), payload: payload))
    // The second partition has no data, so its try fails: and it is the only one that was heard of.
    #expect(await bench.driver.updates(1).map(\.attempt) == [ExecutorBench.attempt(1)])
    #expect(bench.ended.all.isEmpty)
    #expect(await bench.close())
  }

  @Test("an error of user code is tried again, unless it says that it would come back")
  func userErrors() async throws {
    let bench = try ExecutorBench()
    let (mishap, payload) = try ExecutorBench.describe { _, _ in throw Mishap() }
    let attempt = ExecutorBench.attempt(0)
    await bench.send(mishap, ExecutorBench.launch(attempt, payload: payload))
    guard case .failed(let failure)? = await bench.driver.updates(1).last?.status else {
      return #expect(Bool(false), "the try did not fail")
    }
    #expect(failure.kind == .threw(isRetryable: true))
    #expect(failure.error.what.contains("Mishap") && failure.error.why?.contains("ExecutorNodeTests.swift") == true)
    let (refusal, _) = try ExecutorBench.describe { _, _ in throw Refusal() }
    await bench.send(.forgetStages(StageRemoval(stages: [StageID(rawValue: 0)])), refusal)
    await bench.send(ExecutorBench.launch(ExecutorBench.attempt(0, number: 1), payload: payload))
    guard case .failed(let second)? = await bench.driver.updates(2).last?.status else {
      return #expect(Bool(false), "the try did not fail")
    }
    #expect(second.kind == .threw(isRetryable: false))
    #expect(await bench.close())
  }

  @Test("a try that came before its stage fails, and may be tried again")
  func noStage() async throws {
    let bench = try ExecutorBench()
    await bench.send(ExecutorBench.launch(ExecutorBench.attempt(0)))
    guard case .failed(let failure)? = await bench.driver.updates(1).last?.status else {
      return #expect(Bool(false), "the try did not fail")
    }
    #expect(failure.kind == .threw(isRetryable: true) && failure.error.what.contains("before its stage"))
    #expect(await bench.close())
  }

  @Test("a try that was told to end ends at its next look, and is told as killed")
  func kill() async throws {
    let (description, payload) = try ExecutorBench.describe { number, context in
      while true { try context.checkCancellation() }
    }
    let bench = try ExecutorBench()
    let attempt = ExecutorBench.attempt(0)
    await bench.send(description, ExecutorBench.launch(attempt, payload: payload))
    #expect(bench.executor.runningAttempts == [attempt])
    await bench.send(.killTask(TaskKill(attempt: attempt, reason: "the job was cancelled")))
    guard case .failed(let failure)? = await bench.driver.updates(1).last?.status else {
      return #expect(Bool(false), "the try did not fail")
    }
    #expect(failure.kind == .killed)
    #expect(bench.executor.runningAttempts == [])
    #expect(await bench.close())
  }

  @Test("a try that goes on though it was told to end takes its executor with it, with the reason said")
  func reaper() async throws {
    let (description, payload) = try ExecutorBench.describe { number, _ in
      Gate.shared.spin()
      return number
    }
    var limits = Limits()
    limits.killWait = .milliseconds(50)
    let bench = try ExecutorBench(limits: limits)
    let attempt = ExecutorBench.attempt(0)
    await bench.send(description, ExecutorBench.launch(attempt, payload: payload))
    await Gate.shared.visited()
    await bench.send(.killTask(TaskKill(attempt: attempt, reason: "a copy was faster")))
    let end = await bench.ended.first()
    #expect(end.description == "\(attempt) was told to end (a copy was faster) and goes on")
    Gate.shared.open()
    #expect(await bench.close())
    #expect(bench.driver.updates.isEmpty)
  }

  @Test("an end is told again until the driver has noted it")
  func repeatedEnd() async throws {
    let (description, payload) = try ExecutorBench.describe { number, _ in number }
    let refusals = Countdown(2)
    let driver = RecordingDriver { message in
      if case .updateStatus = message, refusals.next() { throw FlintError(.deadlineExceeded, "no answer") }
      return nil
    }
    let bench = try ExecutorBench(driver: driver)
    await bench.send(description, ExecutorBench.launch(ExecutorBench.attempt(0), payload: payload))
    let updates = await driver.updates(3)
    #expect(Set(updates) == [updates[0]])
    #expect(await bench.close())
  }

  @Test("a driver that is gone, or does not know the executor, is its end")
  func lostDriver() async throws {
    let driver = RecordingDriver { message in
      if case .registerExecutor = message { throw FlintError(.unauthenticated, "this incarnation was lost") }
      return nil
    }
    let refused = try ExecutorBench(driver: driver)
    await #expect(throws: FlintError.self) { try await refused.executor.register() }
    #expect(await refused.ended.first().description.contains("this incarnation was lost"))
    #expect(await refused.close())
    let (description, payload) = try ExecutorBench.describe { _, context in
      while true { try context.checkCancellation() }
    }
    let lost = try ExecutorBench()
    await lost.send(description, ExecutorBench.launch(ExecutorBench.attempt(0), payload: payload))
    await lost.executor.driverLost(FlintError(.connectionLost, "the socket closed"))
    #expect(await lost.ended.first().description.contains("the socket closed"))
    #expect(await lost.close())
    #expect(lost.driver.updates.isEmpty)
  }

  @Test("heartbeats carry what runs, under rising numbers")
  func heartbeats() async throws {
    let (description, payload) = try ExecutorBench.describe { _, context in
      while true { try context.checkCancellation() }
    }
    var limits = Limits()
    limits.heartbeatInterval = .milliseconds(1)
    let bench = try ExecutorBench(limits: limits)
    try await bench.executor.register()
    await bench.send(description, ExecutorBench.launch(ExecutorBench.attempt(0), payload: payload))
    await bench.driver.wait { messages in
      messages.contains { if case .reportExecutor(let report) = $0 { !report.running.isEmpty } else { false } }
    }
    let reports = bench.driver.messages.compactMap {
      if case .reportExecutor(let report) = $0 { report } else { nil as ExecutorReport? }
    }
    #expect(reports.map(\.number) == (0..<UInt64(reports.count)).map { $0 })
    #expect(reports.last?.running == [ExecutorBench.attempt(0)])
    #expect(await bench.close())
  }

  @Test("kept rows are read where the driver says, and computed where it does not")
  func keptRows() async throws {
    var graph = NumberGraph()
    let node = graph.step(try graph.source([[1]]), keep: .memoryOnly) { number, _ in
      _ = Computations.shared.next()
      return number * 10
    }
    let bench = try ExecutorBench()
    #expect(try await bench.collect(node) == [[10]])
    #expect(Computations.shared.count == 1)
    let kept = TaskDescription.Kept(
      dataset: node.id, partition: PartitionID(rawValue: 0),
      places: [BlockPlace(node: NodeID(rawValue: 0), endpoint: .unix(path: "/nowhere"))])
    #expect(try await bench.collect(node, kept: [kept]) == [[10]])
    #expect(Computations.shared.count == 1)
    await bench.send(.removeBlocks(BlockRemoval(blocks: [.cached(node.id, PartitionID(rawValue: 0))])))
    #expect(await bench.close())
  }
}
