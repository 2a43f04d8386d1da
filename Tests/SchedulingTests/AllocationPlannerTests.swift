import FlintCore
import FlintScheduling
import Testing

@Suite("Allocation")
struct AllocationPlannerTests {
  private let size = ExecutorSize(cores: 2, memory: .gibibytes(4))

  private func planner(_ minimum: Int = 0, _ maximum: Int = 10) -> AllocationPlanner {
    AllocationPlanner(bounds: .init(minimum: minimum, maximum: maximum), size: size, limits: Limits())
  }

  /// What it asks for but to be woken.
  private func handle(_ planner: inout AllocationPlanner, _ event: AllocationPlanner.Event, at time: Double = 0)
    -> [AllocationPlanner.Action]
  {
    planner.handle(event, at: seconds(time)).filter { if case .wake = $0 { false } else { true } }
  }

  @Test("an application begins with its minimum")
  func minimum() {
    var planner = planner(2)
    #expect(handle(&planner, .started) == [.want(2)])
    #expect(handle(&planner, .backlog(1)) == [])
  }

  @Test("a backlog that stays asks for one more, then for two, then for four")
  func rampUp() {
    var planner = planner()
    #expect(planner.handle(.backlog(100), at: seconds(0)) == [.wake(at: seconds(1))])
    #expect(handle(&planner, .tick, at: 0.5) == [])
    #expect(handle(&planner, .tick, at: 1) == [.want(1)])
    #expect(handle(&planner, .tick, at: 2) == [.want(3)])
    #expect(handle(&planner, .tick, at: 3) == [.want(7)])
    #expect(handle(&planner, .tick, at: 4) == [.want(10)])
    #expect(handle(&planner, .tick, at: 5) == [])
  }

  @Test("it asks for no more than the tasks can use")
  func noMoreThanUseful() {
    var planner = planner()
    _ = handle(&planner, .backlog(3))
    #expect(handle(&planner, .tick, at: 1) == [.want(1)])
    #expect(handle(&planner, .tick, at: 2) == [.want(2)])
    #expect(handle(&planner, .tick, at: 3) == [])
  }

  @Test("a backlog that is gone before the wait is over asks for nothing")
  func shortBacklog() {
    var planner = planner()
    _ = handle(&planner, .backlog(50))
    _ = handle(&planner, .backlog(0), at: 0.9)
    #expect(handle(&planner, .tick, at: 1) == [])
  }

  @Test("after a pause it asks carefully again")
  func carefulAgain() {
    var planner = planner()
    _ = handle(&planner, .backlog(100))
    #expect(handle(&planner, .tick, at: 1) == [.want(1)])
    #expect(handle(&planner, .tick, at: 2) == [.want(3)])
    _ = handle(&planner, .executorAdded(e0), at: 2)
    _ = handle(&planner, .executorAdded(e1), at: 2)
    _ = handle(&planner, .executorAdded(e2), at: 2)
    _ = handle(&planner, .backlog(0), at: 3)
    _ = handle(&planner, .backlog(100), at: 4)
    #expect(handle(&planner, .tick, at: 5) == [.want(4)])
  }

  @Test("what was asked for, has not come and is not needed any more is taken back")
  func takenBack() {
    var planner = planner()
    _ = handle(&planner, .backlog(100))
    for time in [1.0, 2, 3] { _ = handle(&planner, .tick, at: time) }
    _ = handle(&planner, .executorAdded(e0), at: 3)
    #expect(handle(&planner, .backlog(2), at: 4) == [.want(1)])
  }

  @Test("an executor that is idle for long is let go, and the minimum stays")
  func idle() {
    var planner = planner(1)
    _ = handle(&planner, .started)
    for executor in [e0, e1] { _ = handle(&planner, .executorAdded(executor)) }
    #expect(planner.handle(.idle(e0), at: seconds(10)) == [.wake(at: seconds(70))])
    #expect(handle(&planner, .idle(e1), at: 20) == [])
    #expect(handle(&planner, .tick, at: 69) == [])
    #expect(handle(&planner, .tick, at: 70) == [.release([e0], wanted: 1)])
    #expect(handle(&planner, .tick, at: 100) == [])
  }

  @Test("an executor that got a task in time stays")
  func busyAgain() {
    var planner = planner()
    _ = handle(&planner, .executorAdded(e0))
    _ = handle(&planner, .busy(e0), at: 30)
    #expect(handle(&planner, .tick, at: 60) == [])
    _ = handle(&planner, .idle(e0), at: 80)
    #expect(handle(&planner, .tick, at: 139) == [])
    #expect(handle(&planner, .tick, at: 140) == [.release([e0], wanted: 0)])
  }

  @Test("idle executors stay while the backlog needs them")
  func idleButNeeded() {
    var planner = planner()
    for executor in [e0, e1, e2] { _ = handle(&planner, .executorAdded(executor)) }
    _ = handle(&planner, .backlog(4))
    #expect(handle(&planner, .tick, at: 60) == [.release([e2], wanted: 2)])
  }

  @Test("an executor that fits on no machine is refused, with the numbers")
  func tooLarge() throws {
    var planner = planner()
    let machines = [ExecutorSize(cores: 8, memory: .gibibytes(2)), ExecutorSize(cores: 1, memory: .gibibytes(64))]
    let refusal = AllocationRefusal.tooLarge(size, largest: machines[0])
    #expect(handle(&planner, .machines(machines)) == [.refuse(refusal)])
    #expect(refusal.error.code == .executorsUnavailable)
    #expect(refusal.error.what == "an executor with 2 cores and 4 GiB fits on no machine")
    #expect(refusal.error.why == "the largest one has 8 cores and 2 GiB")
  }

  @Test("a minimum that does not fit into the whole cluster is refused, with the numbers")
  func tooMany() {
    var planner = planner(5)
    let machines = [ExecutorSize(cores: 8, memory: .gibibytes(9)), ExecutorSize(cores: 5, memory: .gibibytes(64))]
    let refusal = AllocationRefusal.tooMany(demanded: 5, places: 4)
    #expect(handle(&planner, .machines(machines)) == [.refuse(refusal)])
    #expect(refusal.error.what == "5 executors do not fit into the cluster")
  }

  @Test("it does not ask for more than the cluster has places for")
  func places() {
    var planner = planner()
    #expect(handle(&planner, .machines([ExecutorSize(cores: 4, memory: .gibibytes(64))])) == [])
    _ = handle(&planner, .backlog(100))
    #expect(handle(&planner, .tick, at: 1) == [.want(1)])
    #expect(handle(&planner, .tick, at: 2) == [.want(2)])
    #expect(handle(&planner, .tick, at: 3) == [])
  }

  @Test("executors that die at every start: the application ends with the cause (crash loop)")
  func crashLoop() {
    var planner = planner(1)
    _ = handle(&planner, .started)
    for _ in 0..<4 { #expect(handle(&planner, .startFailed(.exited(127))) == []) }
    let refusal = AllocationRefusal.crashLoop(starts: 5, last: .signalled(11))
    #expect(handle(&planner, .startFailed(.signalled(11))) == [.refuse(refusal)])
    #expect(refusal.error.what == "5 executors one after another died at their start")
    #expect(refusal.error.why == "the last one ended with signal 11")
    #expect(handle(&planner, .startFailed(.signalled(11))) == [])
  }

  @Test("one good start forgives the bad ones before it")
  func goodStart() {
    var planner = planner(1)
    for _ in 0..<4 { _ = handle(&planner, .startFailed(.exited(1))) }
    _ = handle(&planner, .executorAdded(e0))
    for _ in 0..<4 { #expect(handle(&planner, .startFailed(.exited(1))) == []) }
  }

  @Test("planner and registry: who is let go is drained, and nobody is asked for in its place")
  func withRegistry() {
    var planner = planner()
    var registry = ExecutorRegistry()
    _ = handle(&planner, .backlog(4))
    #expect(handle(&planner, .tick, at: 1) == [.want(1)])
    #expect(registry.handle(.wanted(1)) == [.request(1)])
    #expect(handle(&planner, .tick, at: 2) == [.want(2)])
    #expect(registry.handle(.wanted(2)) == [.request(1)])
    for executor in [e0, e1] {
      #expect(registry.handle(.registered(executor, node: n0, slotCount: 2)) == [.added(executor)])
      _ = handle(&planner, .executorAdded(executor), at: 3)
    }
    _ = handle(&planner, .busy(e1), at: 3)
    _ = handle(&planner, .backlog(1), at: 4)
    #expect(handle(&planner, .tick, at: 63) == [.release([e0], wanted: 1)])
    #expect(registry.handle(.spared([e0], wanted: 1)) == [.release([e0])])
    #expect(registry.handle(.lost(e0)) == [.removed(e0)])
    #expect(registry.slotCount == 2)
  }
}
