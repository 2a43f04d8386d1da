import FlintCore
import FlintWire
import Testing

@testable import FlintTransport

@Suite("Time on a connection, as a machine")
struct ClockTests {
  private func wake(
    _ test: inout MachineUnderTest, _ milliseconds: Int, due: Int? = nil, queued: Int = 0, taken: UInt64 = 0
  ) -> ConnectionMachine.Waking {
    test.machine.wake(now: .at(milliseconds), due: .at(due ?? milliseconds), queued: queued, taken: taken)
  }

  @Test("a heartbeat is sent when nothing else was")
  func heartbeats() {
    var driver = MachineUnderTest.open()
    #expect(driver.machine.nextWake == .at(1000))
    #expect(wake(&driver, 999).beats == false)
    #expect(wake(&driver, 1000).beats)
    #expect(driver.machine.nextWake == .at(2000))
    driver.machine.noteSending()
    driver.machine.noteReceived()
    #expect(wake(&driver, 2000).beats == false)
    #expect(wake(&driver, 3000).beats)
  }

  @Test("a peer that says nothing for five seconds is silent, one that says anything is not")
  func silence() {
    var driver = MachineUnderTest.open()
    for second in 1...7 {
      #expect(wake(&driver, second * 1000).closes == nil)
      if second <= 2 { driver.machine.noteReceived() }
    }
    // Heard before the waking at three seconds.
    #expect(wake(&driver, 8000).closes == .silent)
    #expect(driver.machine.phase == .over(.silent))
    #expect(wake(&driver, 9000) == ConnectionMachine.Waking())
  }

  @Test("who stood still himself does not blame the peer for it")
  func lateness() {
    var driver = MachineUnderTest.open()
    #expect(wake(&driver, 1000).closes == nil)
    // Stopped for an hour; what the peer sent meanwhile is not read yet.
    #expect(wake(&driver, 3_600_000, due: 2000).closes == nil)
    #expect(wake(&driver, 3_601_000).closes == nil)
    #expect(wake(&driver, 3_604_000).closes == .silent)
  }

  @Test("a peer that takes nothing of what waits is given up, one that takes a little is not")
  func writeDeadline() {
    var slow = MachineUnderTest.open()
    for second in 1...30 {
      slow.machine.noteReceived()
      #expect(wake(&slow, second * 1000, queued: 5000, taken: UInt64(second)).closes == nil)
    }
    var stalled = MachineUnderTest.open()
    for second in 1...10 {
      stalled.machine.noteReceived()
      #expect(wake(&stalled, second * 1000, queued: 5000, taken: 7).closes == nil)
    }
    stalled.machine.noteReceived()
    #expect(wake(&stalled, 11_000, queued: 5000, taken: 7).closes == .writeStalled)
  }

  @Test("a request ends at its deadline, and the machine wants to be woken then")
  func deadlines() {
    var driver = MachineUnderTest.open()
    let late = driver.machine.beginRequest(.echo, deadline: .at(300))
    let early = driver.machine.beginRequest(.echo, deadline: .at(200))
    #expect(driver.machine.nextWake == .at(200))
    #expect(wake(&driver, 199).expired == [])
    #expect(wake(&driver, 200).expired == [early])
    #expect(driver.machine.nextWake == .at(300))
    #expect(wake(&driver, 400).expired == [late])
    #expect(driver.receive(.reply, .echoed([]), early.correlation) == .ignore)
    #expect(driver.machine.openRequestCount == 0)
  }

  @Test("a connection that leaves is over at its deadline")
  func leaveDeadline() {
    var driver = MachineUnderTest.open()
    _ = driver.machine.beginRequest(.echo, deadline: .distantFuture)
    #expect(driver.machine.leave() == true)
    driver.machine.setLeaveDeadline(.at(700))
    #expect(driver.machine.nextWake == .at(700))
    #expect(wake(&driver, 700).closes == .closed)
  }

  @Test("waits between dials double up to their bound, each with chance in it, and start anew")
  func backoff() {
    var backoff = Backoff(limits: Limits())
    let longest = (0..<9).map { _ in backoff.wait(random: 0) }
    #expect(longest.prefix(4) == [.milliseconds(50), .milliseconds(100), .milliseconds(200), .milliseconds(400)])
    #expect(longest.last == .seconds(5))
    backoff.reset()
    for random in [UInt64(0), 1, 12_345, .max] {
      var one = backoff
      #expect((.milliseconds(25)...(.milliseconds(50))).contains(one.wait(random: random)))
    }
    var tiny = Limits()
    tiny.redialAfter = .nanoseconds(1)
    var least = Backoff(limits: tiny)
    #expect(least.wait(random: .max) > .zero)
  }

  @Test("strangers are counted by address, whatever their port")
  func strangers() {
    var ledger = StrangerLedger(limit: 2)
    func port(_ number: UInt16) -> Endpoint { .tcp(host: "10.0.0.1", port: number) }
    #expect(ledger.enter(from: port(1)) == true)
    #expect(ledger.enter(from: port(2)) == true)
    #expect(ledger.enter(from: port(3)) == false)
    #expect(ledger.enter(from: .tcp(host: "10.0.0.2", port: 1)) == true)
    ledger.leave(from: port(1))
    #expect(ledger.enter(from: port(3)) == true)
    #expect(ledger.count == 3)
  }
}
