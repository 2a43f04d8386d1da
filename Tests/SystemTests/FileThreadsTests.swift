import FlintCore
import FlintSystem
import Glibc
import Testing

@Suite("File threads")
struct FileThreadsTests {
  @Test("a cancelled call that waits is dropped; one that has begun runs to its end")
  func cancellation() async throws {
    let threads = try FileThreads(count: 1)
    let gate = Gate()
    let begun = Task { try await threads.run { gate.waitBlocking() } }
    #expect(await eventually { gate.arrivals == 1 })
    let neverRun = Gate()
    let queued = Task { try await threads.run { neverRun.waitBlocking() } }
    queued.cancel()
    await #expect(throws: CancellationError.self) { try await queued.value }
    begun.cancel()
    gate.open()
    try await begun.value
    // The thread is free again, so the dropped call's turn has passed.
    try await threads.run {}
    #expect(neverRun.arrivals == 0)
  }

  @Test("a full queue is resource-exhausted, and what must be done is done all the same")
  func fullQueue() async throws {
    let threads = try FileThreads(count: 1, queueLimit: 2)
    let gate = Gate()
    let begun = Task { try await threads.run { gate.waitBlocking() } }
    #expect(await eventually { gate.arrivals == 1 })
    // Of four calls two find room; which of them does not matter.
    let refusals = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<4 {
        group.addTask {
          do {
            try await threads.run {}
            return false
          } catch let error as FlintError where error.code == .resourceExhausted {
            return true
          }
        }
      }
      var refusals = 0
      while refusals < 2, try await group.next() == true { refusals += 1 }
      async let always = threads.runAlways { 7 }
      gate.open()
      #expect(try await always == 7)
      while let wasRefused = try await group.next() { refusals += wasRefused ? 1 : 0 }
      return refusals
    }
    #expect(refusals == 2)
    try await begun.value
  }

  @Test("an operation on a file that is closed meanwhile ends first")
  func closeWaitsForCalls() async throws {
    let threads = try FileThreads(count: 2)
    try await Scratch.use(fileThreads: threads) { scratch in
      let file = try await scratch.files.open(scratch["file"], .createNew)
      let gate = Gate()
      let blockers = (0..<2).map { _ in Task { try await threads.run { gate.waitBlocking() } } }
      #expect(await eventually { gate.arrivals == 2 })
      let write = Task { try await file.write(pattern(1000), at: 0) }
      // The write waits for a thread, so the close has to wait for the write.
      async let closed: Void = file.close()
      gate.open()
      _ = try? await write.value
      try await closed
      await expectError(.invalidArgument) { _ = try await file.size() }
      for blocker in blockers { try await blocker.value }
    }
  }

  @Test("the threads end with their owner, after what is queued")
  func threadsEnd() async throws {
    await #expect(processExitsWith: .success) {
      do {
        let threads = try FileThreads(count: 3)
        try await threads.run {}
        #expect(await eventually { OpenDescriptors.threadNames.count { $0.hasPrefix("flint-file-") } == 3 })
      }
      #expect(await eventually { !OpenDescriptors.threadNames.contains { $0.hasPrefix("flint-file-") } })
    }
  }
}
