import FlintCore
import FlintExecution
import FlintLibuv
import FlintWire
import Testing

/// Tasks that an executor was sent before it had a slot for them.
@Suite("Tasks that wait on their executor")
struct ExecutorWaitingTests {
  /// An executor with one slot, and so many tries on it of a stage that does `body`.
  private func bench(
    _ count: UInt32, _ body: @escaping @Sendable (Int) -> Int
  ) async throws -> (bench: ExecutorBench, attempts: [TaskAttempt]) {
    let stores = MemoryStores(at: BlockPlace(node: NodeID(rawValue: 0), endpoint: .unix(path: "/nowhere")))
    let bench = ExecutorBench(try LibuvNode(name: "executor", taskThreadCount: 1), stores: stores)
    let (description, payload) = try ExecutorBench.describe { number, _ in body(number) }
    let attempts = (0..<count).map { ExecutorBench.attempt(0, number: $0) }
    await bench.send(description)
    for attempt in attempts { await bench.send(ExecutorBench.launch(attempt, payload: payload)) }
    return (bench, attempts)
  }

  private func kind(_ update: StatusUpdate) -> FailureReport.Kind? {
    if case .failed(let failure) = update.status { failure.kind } else { nil }
  }

  @Test("they begin in the order in which they came, one after another")
  func order() async throws {
    let (bench, attempts) = try await bench(5) { number in
      Gate.queue.spin()
      return number
    }
    await Gate.queue.visited()
    #expect(bench.executor.runningAttempts == [attempts[0]])
    Gate.queue.open()
    #expect(await bench.driver.updates(5).map(\.attempt) == attempts)
    #expect(bench.executor.runningAttempts == [])
    #expect(await bench.close())
  }

  @Test("the driver gets back what has not begun, and what has goes on")
  func recall() async throws {
    let (bench, attempts) = try await bench(3) { number in
      Gate.recall.spin()
      return number
    }
    await Gate.recall.visited()
    let other = ExecutorIncarnation(executor: ExecutorBench.incarnation.executor, number: 0)
    await bench.send(.recallTasks(TaskRecall(executor: other)))
    #expect(bench.driver.updates.isEmpty)
    await bench.send(
      .recallTasks(TaskRecall(executor: ExecutorBench.incarnation)),
      .recallTasks(TaskRecall(executor: ExecutorBench.incarnation)))
    let back = await bench.driver.updates(2)
    #expect(back.map(\.attempt) == [attempts[1], attempts[2]])
    #expect(back.map(kind) == [.takenBack, .takenBack])
    #expect(bench.executor.runningAttempts == [attempts[0]])
    Gate.recall.open()
    #expect(await bench.driver.updates(3).last?.attempt == attempts[0])
    #expect(await bench.close())
  }

  @Test("one that is told to end has ended, though the one before it goes on")
  func kill() async throws {
    let (bench, attempts) = try await bench(3) { number in
      Gate.kill.spin()
      return number
    }
    await Gate.kill.visited()
    await bench.send(.killTask(TaskKill(attempt: attempts[1], reason: "the job was cancelled")))
    let killed = await bench.driver.updates(1)
    #expect(killed.map(\.attempt) == [attempts[1]] && killed.map(kind) == [.killed])
    Gate.kill.open()
    #expect(await bench.driver.updates(3).map(\.attempt) == [attempts[1], attempts[0], attempts[2]])
    #expect(await bench.close())
  }

  @Test("none begins when the executor ends")
  func stop() async throws {
    let before = Computations.shared.count
    let (bench, _) = try await bench(3) { number in
      Gate.stop.spin()
      return Computations.shared.next()
    }
    await Gate.stop.visited()
    await bench.executor.stop()
    Gate.stop.open()
    #expect(await bench.close())
    #expect(Computations.shared.count == before + 1)
    #expect(bench.driver.updates.isEmpty)
  }
}
