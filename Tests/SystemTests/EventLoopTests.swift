import FlintCore
import FlintLibuv
import FlintSystem
import Synchronization
import Testing

@Suite("The event loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
  @Test("actors of the loop run on it, and so do Swift tasks that prefer it")
  func isolation() async throws {
    let loop = try EventLoop()
    let counter = Counter(loop)
    #expect(await counter.isAtHome)
    #expect(loop.isIsolatingCurrentContext() == false)
    let inTask = await Task(executorPreference: loop) { loop.isIsolatingCurrentContext() }.value
    #expect(inTask == true)
    await loop.shutdown()
  }

  @Test("jobs from many threads all run, one at a time")
  func contention() async throws {
    let loop = try EventLoop()
    let counter = Counter(loop)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask { for _ in 0..<5_000 { await counter.increment() } }
      }
    }
    #expect(await counter.value == 40_000)
    await loop.shutdown()
  }

  @Test("jobs that make jobs without end leave room for sockets")
  func fairness() async throws {
    let loop = try EventLoop()
    let counter = Counter(loop)
    let spinning = Task(executorPreference: loop) {
      while !Task.isCancelled {
        await counter.increment()
        await Task.yield()
      }
    }
    try await Pair.use(on: loop) { pair in
      await pair.client.sendPattern(5_000_000)
      await pair.server.wait { $0.ends == [.finished] }
      #expect(await pair.server.received == 5_000_000)
    }
    spinning.cancel()
    await spinning.value
    await loop.shutdown()
  }

  @Test("what is sent in one turn leaves in one write")
  func oneWrite() async throws {
    try await Pair.use { pair in
      await pair.client.sendMany(count: 400, size: 100)
      await pair.server.wait { $0.received == 40_000 }
      #expect(await pair.server.pieceCount == 1)
    }
  }

  @Test("a loop that is shut down has run what was queued before, and leaves no thread")
  func shutdown() async throws {
    await #expect(processExitsWith: .success) {
      let before = OpenDescriptors.count
      for _ in 0..<20 {
        let loop = try EventLoop(name: "flint-brief")
        let counter = Counter(loop)
        let jobs = (0..<50).map { _ in Task { await counter.increment() } }
        for job in jobs { await job.value }
        await loop.shutdown()
      }
      #expect(OpenDescriptors.count <= before + OpenDescriptors.runtimeAllowance, "\(OpenDescriptors.targets)")
      #expect(await eventually { !OpenDescriptors.threadNames.contains("flint-brief") })
    }
  }

  @Test("a process without descriptors gets no loop, and says so")
  func noDescriptors() async throws {
    await #expect(processExitsWith: .success) {
      try DescriptorLimit.allow(4)
      await expectError(.tooManyOpenFiles) { _ = try EventLoop() }
    }
  }
}

/// Lives on a loop.
private actor Counter {
  private let loop: EventLoop
  private(set) var value = 0

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ loop: EventLoop) { self.loop = loop }

  var isAtHome: Bool { loop.isIsolatingCurrentContext() == true }

  func increment() { value += 1 }
}
