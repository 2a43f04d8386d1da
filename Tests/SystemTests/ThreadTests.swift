import FlintCore
@testable import FlintSystem
import Glibc
import Synchronization
import Testing

@Suite("Task threads and control loops")
struct ThreadTests {
  @Test("two tasks run at the same time on two threads")
  func parallelism() async throws {
    let threads = try TaskThreads(count: 2)
    let gate = Gate()
    // Each blocks its thread until both have come.
    let tasks = (0..<2).map { _ in
      Task(executorPreference: threads) {
        if gate.arrivals == 1 { gate.open() }
        gate.waitBlocking()
      }
    }
    _ = await eventually { gate.arrivals == 2 }
    gate.open()
    for task in tasks { await task.value }
    #expect(gate.arrivals == 2)
    await threads.shutdown()
  }

  @Test("one thread: tasks take turns in the order in which they came")
  func order() async throws {
    let threads = try TaskThreads(count: 1)
    let gate = Gate()
    let seen = Recorder()
    let blocker = Task(executorPreference: threads) { gate.waitBlocking() }
    #expect(await eventually { gate.arrivals == 1 })
    var tasks: [Task<Void, Never>] = []
    for index in 0..<100 { tasks.append(Task(executorPreference: threads) { seen.append(index) }) }
    gate.open()
    for task in tasks { await task.value }
    await blocker.value
    #expect(seen.values == Array(0..<100))
    await threads.shutdown()
  }

  @Test("a task comes back to its threads after awaiting files, time, actors and other tasks")
  func preferenceIsKept() async throws {
    let threads = try TaskThreads(count: 2)
    let loop = try SerialThread(name: "flint-loop-test")
    try await Scratch.use { scratch in
      try await Task(executorPreference: threads) {
        func expectTaskThread(_ after: String) {
          #expect(currentThreadName().hasPrefix("flint-task-"), "after \(after): \(currentThreadName())")
        }
        expectTaskThread("start")
        let file = try await scratch.files.open(scratch["file"], .createNew)
        try await file.close()
        expectTaskThread("a file")
        try await SystemTime().sleep(for: .milliseconds(1))
        expectTaskThread("a sleep")
        #expect(await LoopCounter(loop: loop).threadName() == "flint-loop-test")
        expectTaskThread("an actor of the control loop")
        await withTaskGroup(of: Void.self) { group in
          for _ in 0..<8 { group.addTask { expectTaskThread("a child task") } }
        }
        expectTaskThread("a group")
      }.value
    }
    await threads.shutdown()
    await loop.shutdown()
  }

  @Test("a deep recursion fits on a task thread's stack")
  func stackSize() async throws {
    let threads = try TaskThreads(count: 1, stackSize: .mebibytes(64))
    #expect(await Task(executorPreference: threads) { depth(100_000) }.value == 100_000)
    await threads.shutdown()
  }

  @Test("shutdown runs what is queued, ends the threads, and late tasks still come to their end")
  func shutdown() async throws {
    await #expect(processExitsWith: .success) {
      let threads = try TaskThreads(count: 3)
      #expect(await eventually { taskThreadCount() == 3 })
      let seen = Recorder()
      let tasks = (0..<100).map { index in Task(executorPreference: threads) { seen.append(index) } }
      await threads.shutdown()
      #expect(await eventually { taskThreadCount() == 0 })
      for task in tasks { await task.value }
      #expect(seen.values.count == 100)
      let late = Task(executorPreference: threads) { currentThreadName() }
      #expect(await !late.value.hasPrefix("flint-task-"))
      await threads.shutdown()
    }
  }

  @Test("actors on a serial thread take turns on it, and know that they are there")
  func serialThread() async throws {
    let loop = try SerialThread(name: "flint-loop-test")
    let counter = LoopCounter(loop: loop)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 { group.addTask { await counter.increment() } }
    }
    #expect(await counter.value == 1000)
    #expect(loop.isIsolatingCurrentContext() == false)
    #expect(await counter.isIsolated())
    await loop.shutdown()
  }

  @Test("to assume the loop's isolation elsewhere ends the program")
  func checkIsolated() async throws {
    await #expect(processExitsWith: .failure) {
      let counter = LoopCounter(loop: try SerialThread(name: "flint-loop-test"))
      counter.assumeOnLoop()
    }
  }
}

private actor LoopCounter {
  private let loop: SerialThread
  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
  var value = 0

  init(loop: SerialThread) { self.loop = loop }

  func increment() { value += 1 }
  func threadName() -> String { currentThreadName() }
  func isIsolated() -> Bool { loop.isIsolatingCurrentContext() == true }
  nonisolated func assumeOnLoop() { assumeIsolated { $0.value += 1 } }
}

private final class Recorder: Sendable {
  private let recorded = Mutex<[Int]>([])

  var values: [Int] { recorded.withLock { $0 } }
  func append(_ value: Int) { recorded.withLock { $0.append(value) } }
}

private func taskThreadCount() -> Int {
  OpenDescriptors.threadNames.count { $0.hasPrefix("flint-task-") }
}

private func currentThreadName() -> String {
  OpenDescriptors.text("/proc/thread-self/comm").map { String($0.dropLast()) } ?? "?"
}

@inline(never)
private func depth(_ count: Int) -> Int { count == 0 ? 0 : 1 + depth(count - 1) }
