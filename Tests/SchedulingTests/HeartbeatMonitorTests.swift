import FlintCore
import FlintScheduling
import Testing

@Suite("Heartbeats")
struct HeartbeatMonitorTests {
  private var monitor = HeartbeatMonitor(limits: Limits())

  /// Ticks every second of `range`, and collects what is asked for.
  private mutating func tick(_ range: ClosedRange<Int>) -> [HeartbeatMonitor.Action] {
    range.flatMap { monitor.handle(.tick, at: seconds(Double($0))) }
  }

  private mutating func register(_ executors: ExecutorIncarnation...) {
    for executor in executors { #expect(monitor.handle(.registered(executor), at: seconds(0)) == []) }
  }

  @Test("an executor that speaks is left alone")
  mutating func speaking() {
    register(e1)
    for second in 1...20 {
      #expect(monitor.handle(.heard(e1), at: seconds(Double(second))) == [])
      #expect(monitor.handle(.tick, at: seconds(Double(second))) == [])
    }
  }

  @Test("a silent executor is suspect after three seconds and fenced after five, once each")
  mutating func silent() {
    register(e1)
    #expect(tick(1...2) == [])
    #expect(tick(3...3) == [.suspect(e1, silence: .seconds(3))])
    #expect(tick(4...4) == [])
    #expect(tick(5...5) == [.fence(e1, silence: .seconds(5))])
    #expect(tick(6...20) == [])
    #expect(monitor.count == 0)
  }

  @Test("it says when its turn must come for nobody to be suspected or fenced late")
  mutating func due() {
    #expect(monitor.due == nil)
    register(e1, e2)
    _ = monitor.handle(.heard(e2), at: seconds(0.5))
    #expect(monitor.due == seconds(3))
    #expect(monitor.handle(.tick, at: seconds(3)) == [.suspect(e1, silence: .seconds(3))])
    #expect(monitor.due == seconds(3.5))
    _ = monitor.handle(.heard(e2), at: seconds(3.4))
    #expect(monitor.due == seconds(5))
    #expect(monitor.handle(.tick, at: seconds(5)) == [.fence(e1, silence: .seconds(5))])
    #expect(monitor.due == seconds(6.4))
  }

  @Test("a suspect that speaks again is trusted, once")
  mutating func recovered() {
    register(e1)
    #expect(tick(1...3) == [.suspect(e1, silence: .seconds(3))])
    #expect(monitor.handle(.heard(e1), at: seconds(3.5)) == [.trust(e1)])
    #expect(monitor.handle(.heard(e1), at: seconds(3.6)) == [])
    #expect(tick(4...6) == [])
    #expect(tick(7...7) == [.suspect(e1, silence: .milliseconds(3400))])
  }

  @Test("a zombie that speaks after it was fenced changes nothing")
  mutating func zombie() {
    register(e1)
    #expect(tick(1...5).last == .fence(e1, silence: .seconds(5)))
    #expect(monitor.handle(.heard(e1), at: seconds(5.1)) == [])
    #expect(tick(6...20) == [])
  }

  @Test("its successor is another executor to it")
  mutating func successor() {
    register(e1)
    _ = tick(1...5)
    #expect(monitor.handle(.registered(executor(1, life: 1)), at: seconds(5.5)) == [])
    #expect(monitor.handle(.heard(e1), at: seconds(7)) == [])
    #expect(tick(6...9) == [.suspect(executor(1, life: 1), silence: .milliseconds(3500))])
  }

  @Test("one whose loss somebody else noticed is not fenced again")
  mutating func noticedElsewhere() {
    register(e1, e2)
    #expect(monitor.handle(.lost(e1), at: seconds(1)) == [])
    #expect(tick(1...5) == [.suspect(e2, silence: .seconds(3)), .fence(e2, silence: .seconds(5))])
  }

  @Test("several silent ones are told in order, in one turn")
  mutating func several() {
    register(e2, e0, e1)
    #expect(tick(1...3) == [e0, e1, e2].map { .suspect($0, silence: .seconds(3)) })
  }

  @Test("a repeated registration does not refresh a silent executor")
  mutating func repeatedRegistration() {
    register(e1)
    #expect(tick(1...3) == [.suspect(e1, silence: .seconds(3))])
    #expect(monitor.handle(.registered(e1), at: seconds(3.5)) == [])
    #expect(tick(4...5) == [.fence(e1, silence: .seconds(5))])
  }

  @Test("a monitor that stood still for an hour blames nobody for it")
  mutating func ownDelay() {
    register(e1)
    #expect(tick(1...2) == [])
    #expect(monitor.handle(.heard(e1), at: seconds(2)) == [])
    #expect(monitor.handle(.tick, at: seconds(3602)) == [])
    #expect(monitor.handle(.heard(e1), at: seconds(3602.5)) == [])
    #expect(monitor.handle(.tick, at: seconds(3603)) == [])
  }

  @Test("after its own delay it still finds who stays silent, and the silence from before counts")
  mutating func silenceAfterDelay() {
    register(e1)
    #expect(tick(1...2) == [])
    #expect(monitor.handle(.tick, at: seconds(12)) == [.suspect(e1, silence: .seconds(3))])
    #expect(monitor.handle(.tick, at: seconds(13)) == [])
    #expect(monitor.handle(.tick, at: seconds(14)) == [.fence(e1, silence: .seconds(5))])
  }

  @Test("what was heard while it stood still counts as heard")
  mutating func heardDuringDelay() {
    register(e1)
    #expect(tick(1...1) == [])
    #expect(monitor.handle(.heard(e1), at: seconds(10)) == [])
    #expect(monitor.handle(.tick, at: seconds(10.1)) == [])
    #expect(monitor.handle(.tick, at: seconds(11.1)) == [])
  }

  @Test("a jitter of its own turns is no delay")
  mutating func jitter() {
    register(e1)
    #expect(monitor.handle(.tick, at: seconds(1)) == [])
    #expect(monitor.handle(.tick, at: seconds(2.9)) == [])
    #expect(monitor.handle(.tick, at: seconds(3.1)) == [.suspect(e1, silence: .milliseconds(3100))])
  }
}
