import FlintCore
import FlintScheduling
import Testing

@Suite("Executors")
struct ExecutorRegistryTests {
  private var registry = ExecutorRegistry()

  private mutating func add(_ executor: ExecutorIncarnation) -> [ExecutorRegistry.Action] {
    registry.handle(.registered(executor, node: n0, slotCount: 2))
  }

  @Test("a request is answered by executors that come, one after another")
  mutating func request() {
    #expect(registry.handle(.wanted(2)) == [.request(2)])
    #expect(add(e0) == [.added(e0)])
    #expect(add(e1) == [.added(e1)])
    #expect(registry.slotCount == 4)
  }

  @Test("asking for the same again asks nobody")
  mutating func sameAgain() {
    #expect(registry.handle(.wanted(2)) == [.request(2)])
    #expect(registry.handle(.wanted(2)) == [])
    #expect(registry.handle(.wanted(3)) == [.request(1)])
  }

  @Test("a lost executor is told once, whoever noticed, and another is asked for")
  mutating func lostTwice() {
    _ = registry.handle(.wanted(1))
    #expect(add(e0) == [.added(e0)])
    #expect(registry.handle(.lost(e0)) == [.removed(e0), .request(1)])
    #expect(registry.handle(.lost(e0)) == [])
    #expect(!registry.isLive(e0))
  }

  @Test("the end of a later life that is told first is the end of the earlier one, too")
  mutating func laterEndFirst() {
    _ = registry.handle(.wanted(1))
    _ = add(e0)
    #expect(registry.handle(.lost(executor(0, life: 1))) == [.removed(e0), .request(1)])
    #expect(registry.handle(.lost(e0)) == [])
    #expect(add(executor(0, life: 1)) == [.refuse(executor(0, life: 1))])
    #expect(add(executor(0, life: 2)) == [.added(executor(0, life: 2))])
  }

  @Test("a zombie that registers again is refused for ever")
  mutating func zombie() {
    _ = registry.handle(.wanted(1))
    _ = add(e0)
    _ = registry.handle(.lost(e0))
    #expect(add(e0) == [.refuse(e0)])
    #expect(add(executor(0, life: 1)) == [.added(executor(0, life: 1))])
    #expect(add(e0) == [.refuse(e0)])
  }

  @Test("a life that was lost before it registered is refused when it does")
  mutating func lostBeforeRegistration() {
    #expect(registry.handle(.lost(e0)) == [])
    #expect(add(e0) == [.refuse(e0)])
  }

  @Test("a repeated registration kills no healthy executor")
  mutating func repeatedRegistration() {
    _ = registry.handle(.wanted(1))
    #expect(add(e0) == [.added(e0)])
    #expect(add(e0) == [])
    #expect(registry.isLive(e0))
  }

  @Test("a successor that comes before the news of the death brings the news")
  mutating func successorFirst() {
    _ = registry.handle(.wanted(1))
    _ = add(e0)
    let next = executor(0, life: 1)
    #expect(add(next) == [.removed(e0), .added(next)])
    #expect(registry.handle(.lost(e0)) == [])
    #expect(registry.isLive(next))
  }

  @Test("a suspect gets no tasks, until it is trusted again")
  mutating func suspect() {
    _ = registry.handle(.wanted(2))
    _ = add(e0)
    _ = add(e1)
    _ = registry.handle(.suspected(e0))
    #expect(registry.slotCount == 2)
    #expect(registry.isLive(e0))
    _ = registry.handle(.trusted(e0))
    #expect(registry.slotCount == 4)
  }

  @Test("when fewer are wanted the youngest leave, and finish what they have")
  mutating func fewer() {
    _ = registry.handle(.wanted(3))
    for executor in [e0, e1, e2] { _ = add(executor) }
    #expect(registry.handle(.wanted(1)) == [.release([e1, e2])])
    #expect(registry.slotCount == 2)
    #expect(registry.isLive(e2))
    #expect(registry.handle(.lost(e2)) == [.removed(e2)])
    #expect(registry.handle(.wanted(1)) == [])
  }

  @Test("one that was asked for and is no longer wanted is released when it comes")
  mutating func lateComer() {
    _ = registry.handle(.wanted(2))
    _ = add(e0)
    #expect(registry.handle(.wanted(1)) == [])
    #expect(add(e1) == [.added(e1), .release([e1])])
  }

  @Test("a drained executor is replaced")
  mutating func drained() {
    _ = registry.handle(.wanted(1))
    _ = add(e0)
    #expect(registry.handle(.drained(e0)) == [.request(1)])
    #expect(registry.slotCount == 0)
    #expect(registry.handle(.lost(e0)) == [.removed(e0)])
  }

  @Test("all dead: as many as are wanted are asked for")
  mutating func allDead() {
    _ = registry.handle(.wanted(2))
    _ = add(e0)
    _ = add(e1)
    #expect(registry.handle(.lost(e0)) == [.removed(e0), .request(1)])
    #expect(registry.handle(.lost(e1)) == [.removed(e1), .request(1)])
    #expect(registry.slotCount == 0)
  }
}
