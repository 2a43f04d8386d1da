import FlintCore
import FlintLibuv
import FlintSystem
import Glibc
import Testing

@Suite("Signals that ask to end")
struct SignalTests {
  @Test("SIGTERM and SIGINT arrive in order in every stream, and do not end the process")
  func arrive() async throws {
    await #expect(processExitsWith: .success) {
      let first = try SystemSignals.endRequests()
      let second = try SystemSignals.endRequests()
      var firsts = first.makeAsyncIterator()
      var seconds = second.makeAsyncIterator()
      for (number, expected) in [(SIGTERM, ProcessSignal.terminate), (SIGINT, .interrupt), (SIGTERM, .terminate)] {
        kill(getpid(), number)
        #expect(await firsts.next() == expected)
        #expect(await seconds.next() == expected)
      }
    }
  }

  @Test("an actor of the control loop hears them on that loop, between its other work")
  func onTheControlLoop() async throws {
    await #expect(processExitsWith: .success) {
      let loop = try EventLoop()
      let listener = SignalListener(loop: loop)
      let heard = Task(executorPreference: loop) { try await listener.listen(for: 2) }
      #expect(await eventually { catchesSIGTERM() })
      kill(getpid(), SIGTERM)
      #expect(await eventually { await listener.heard == [.terminate] })
      kill(getpid(), SIGINT)
      #expect(try await heard.value == [.terminate, .interrupt])
      #expect(await listener.wasAlwaysOnItsLoop)
      await loop.shutdown()
    }
  }

  @Test("a hangup is left as the process got it: it ends the process, unless it was started to outlive its terminal")
  func hangup() async throws {
    await #expect(processExitsWith: .signal(SIGHUP)) {
      _ = try SystemSignals.endRequests()
      kill(getpid(), SIGHUP)
      while true { giveWay() }
    }
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      var requests = try SystemSignals.endRequests().makeAsyncIterator()
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGTERM)
      #expect(await requests.next() == .terminate)
    }
  }

  @Test("after the last stream has ended the signals end the process again")
  func restored() async throws {
    await #expect(processExitsWith: .signal(SIGTERM)) {
      let listener = Task { () -> ProcessSignal? in
        for await signal in try SystemSignals.endRequests() { return signal }
        return nil
      }
      #expect(await eventually { catchesSIGTERM() })
      kill(getpid(), SIGTERM)
      let heard = try await listener.value
      #expect(heard == .terminate)
      #expect(await eventually { !catchesSIGTERM() })
      kill(getpid(), SIGTERM)
      while true { giveWay() }
    }
  }
}

/// Lives on a control loop, as a node's own actor does.
private actor SignalListener {
  private let loop: EventLoop
  private(set) var heard: [ProcessSignal] = []
  private(set) var wasAlwaysOnItsLoop = true

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(loop: EventLoop) { self.loop = loop }

  /// Returns after so many signals.
  func listen(for count: Int) async throws -> [ProcessSignal] {
    for await signal in try SystemSignals.endRequests() {
      if loop.isIsolatingCurrentContext() != true { wasAlwaysOnItsLoop = false }
      heard.append(signal)
      if heard.count == count { break }
    }
    return heard
  }
}

private func catchesSIGTERM() -> Bool {
  let status = OpenDescriptors.text("/proc/self/status") ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
  let mask = line.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
  return mask & (1 << UInt64(SIGTERM - 1)) != 0
}
