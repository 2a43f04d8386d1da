import FlintCore
@testable import FlintSystem
import Glibc
import Testing

@Suite("Time and randomness")
struct TimeTests {
  @Test("a sleeper wakes at its deadline and never before it")
  func sleepers() async throws {
    let time = try SystemTime()
    let start = time.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for milliseconds in [30, 1, 20, 5, 0] {
        group.addTask {
          let deadline = start.advanced(by: .milliseconds(milliseconds))
          try await time.sleep(until: deadline)
          #expect(time.now >= deadline)
        }
      }
      try await group.waitForAll()
    }
  }

  @Test("a sleep until the distant future ends at once when it is cancelled, before or during")
  func cancelledSleep() async throws {
    let time = try SystemTime()
    for _ in 0..<200 {
      let sleeper = Task { try await time.sleep(until: .distantFuture) }
      if Bool.random() { await Task.yield() }
      sleeper.cancel()
      await #expect(throws: CancellationError.self) { try await sleeper.value }
    }
  }

  @Test("the clocks agree with the kernel's and with date(1)")
  func clocks() async throws {
    let time = try SystemTime()
    let before = time.now
    let text = try #require(OpenDescriptors.text("/proc/uptime")?.split(separator: " ").first)
    let uptime = Duration.seconds(try #require(Double(text)))
    // The kernel cuts its uptime to hundredths of a second.
    #expect(uptime >= .nanoseconds(before.nanoseconds) - .milliseconds(10))
    #expect(uptime <= .nanoseconds(time.now.nanoseconds))

    let wallBefore = time.wallTime.microseconds / 1_000_000
    let seconds = try await Programs.run(ProcessCommand("/bin/date", ["+%s"])).output
    let date = try #require(Int64(seconds.dropLast()))
    #expect(wallBefore <= date && date <= time.wallTime.microseconds / 1_000_000)
  }

  @Test("randomness: no word twice, all bits used")
  func randomness() {
    let randomness = SystemRandomness()
    let words = (0..<10_000).map { _ in randomness.next() }
    #expect(Set(words).count == words.count)
    for bit in 0..<64 {
      let ones = words.count { $0 >> UInt64(bit) & 1 == 1 }
      // Eight standard deviations: fails by chance once in 10^15 runs.
      #expect(abs(ones - 5_000) < 400, "bit \(bit) is set \(ones) times in 10,000")
    }
  }

  @Test("timers come in order, withdrawn ones never, and they do not pile up")
  func timerQueue() {
    var timers = TimerQueue<Int>()
    for index in 0..<1000 {
      timers.insert(index, UInt64(index), at: MonotonicInstant(nanoseconds: Int64(index * 7919 % 1000)))
    }
    for index in stride(from: 0, to: 1000, by: 2) { #expect(timers.remove(UInt64(index)) == index) }
    #expect(timers.remove(0) == nil)
    let odd = (0..<1000).filter { $0 % 2 == 1 }
    let inOrder = odd.sorted { $0 * 7919 % 1000 < $1 * 7919 % 1000 }
    #expect(timers.removeDue(at: MonotonicInstant(nanoseconds: 499)) == inOrder.filter { $0 * 7919 % 1000 <= 499 })
    #expect(timers.removeDue(at: .distantFuture) == inOrder.filter { $0 * 7919 % 1000 > 499 })
    #expect(timers.isEmpty && timers.nextDeadline() == nil)
  }
}
