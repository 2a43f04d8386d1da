import FlintCore
@testable import FlintSystem
import Testing

/// Which thread runs what a try at a task leaves behind.
@Suite("Turns of the task threads", .timeLimit(.minutes(1)))
struct TaskTurnTests {
  private static func attempt(_ partition: UInt64) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 0)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: partition)), number: 0)
  }

  /// Task threads, and executors for the tries of so many tasks.
  private static func executors(threads count: Int, tasks: UInt64) throws -> (TaskThreads, [any TaskExecutor]) {
    let threads = try TaskThreads(count: count)
    let executors = SystemExecutors(control: try SerialThread(name: "flint-loop-test"), tasks: threads)
    return (threads, (0..<tasks).map { executors.tasks(for: TaskMeter(attempt($0))) })
  }

  @Test("a try that steps from actor to actor stays on its thread while another one is idle")
  func stays() async throws {
    let (threads, executors) = try Self.executors(threads: 2, tasks: 1)
    let names = await Task(executorPreference: executors[0]) {
      let (first, second) = (Step(), Step())
      var names: Set<UInt> = []
      for _ in 0..<5000 {
        names.insert(await first.thread())
        names.insert(await second.thread())
        names.insert(SystemThread.current)
      }
      return names
    }.value
    #expect(names.count == 1)
    await threads.shutdown()
  }

  @Test("what one try lets another do is done at once by an idle thread")
  func wakes() async throws {
    let (threads, executors) = try Self.executors(threads: 2, tasks: 2)
    let gate = Gate()
    let (stream, continuation) = AsyncStream<Int>.makeStream()
    let second = Task(executorPreference: executors[1]) {
      for await _ in stream { break }
      gate.open()
    }
    let first = Task(executorPreference: executors[0]) {
      await Step().thread()
      continuation.yield(1)
      // The thread is taken until the other try has gone on.
      gate.waitBlocking()
    }
    await first.value
    await second.value
    await threads.shutdown()
  }

  @Test("a try that always steps on lets others have their turns")
  func isFair() async throws {
    let (threads, executors) = try Self.executors(threads: 1, tasks: 2)
    let (begun, gate) = (Gate(), Gate())
    let steps = Task(executorPreference: executors[0]) {
      let actor = Step()
      var count = 0
      while !gate.wasOpened {
        _ = await actor.thread()
        // Until the other try waits for the thread, nobody can be let in.
        if begun.wasOpened { count += 1 }
      }
      return count
    }
    let other = Task(executorPreference: executors[1]) { gate.open() }
    begun.open()
    await other.value
    #expect(await steps.value < 10_000)
    await threads.shutdown()
  }

  @Test("a try that always steps on does not hold up the end of the threads")
  func shutdownOfSteps() async throws {
    let (threads, executors) = try Self.executors(threads: 1, tasks: 1)
    let (begun, gate) = (Gate(), Gate())
    let steps = Task(executorPreference: executors[0]) {
      let actor = Step()
      while !gate.wasOpened {
        _ = await actor.thread()
        begun.open()
      }
    }
    #expect(await eventually { begun.wasOpened })
    await threads.shutdown()
    gate.open()
    await steps.value
  }

  @Test("what is kept is done before the threads end, and tries of ended threads come to their end")
  func shutdown() async throws {
    let (threads, executors) = try Self.executors(threads: 2, tasks: 4)
    let tasks = executors.map { executor in
      Task(executorPreference: executor) {
        let actor = Step()
        for _ in 0..<500 { _ = await actor.thread() }
        return true
      }
    }
    await threads.shutdown()
    for task in tasks { #expect(await task.value) }
  }
}

private actor Step {
  @discardableResult
  func thread() -> UInt { SystemThread.current }
}
