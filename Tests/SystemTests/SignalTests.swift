import FlintCore
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

private func catchesSIGTERM() -> Bool {
  let status = OpenDescriptors.text("/proc/self/status") ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
  let mask = line.flatMap { UInt64($0.split(separator: "\t").last ?? "", radix: 16) } ?? 0
  return mask & (1 << UInt64(SIGTERM - 1)) != 0
}
