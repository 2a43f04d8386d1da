import FlintCore
import FlintScheduling
import Testing

@Suite("Commits")
struct OutputCommitCoordinatorTests {
  private var coordinator = OutputCommitCoordinator()

  private mutating func ask(_ attempt: TaskAttempt) -> [OutputCommitCoordinator.Action] {
    coordinator.handle(.asked(attempt))
  }

  @Test("the first that asks commits, the others are denied")
  mutating func first() {
    #expect(ask(attempt(p0, 1)) == [.authorise(attempt(p0, 1))])
    #expect(ask(attempt(p0, 0)) == [.deny(attempt(p0, 0))])
    #expect(ask(attempt(p1, 0)) == [.authorise(attempt(p1, 0))])
  }

  @Test("a repeated question gets the same answer")
  mutating func repeated() {
    _ = ask(attempt(p0, 0))
    #expect(ask(attempt(p0, 0)) == [.authorise(attempt(p0, 0))])
    _ = coordinator.handle(.committed(attempt(p0, 0)))
    #expect(ask(attempt(p0, 0)) == [.authorise(attempt(p0, 0))])
  }

  @Test("when the authorised attempt dies before its commit, the next one may")
  mutating func authorisedDies() {
    _ = ask(attempt(p0, 0))
    #expect(coordinator.handle(.ended(attempt(p0, 0))) == [])
    #expect(ask(attempt(p0, 1)) == [.authorise(attempt(p0, 1))])
  }

  @Test("the death of one that was denied frees nothing")
  mutating func deniedDies() {
    _ = ask(attempt(p0, 0))
    _ = ask(attempt(p0, 1))
    _ = coordinator.handle(.ended(attempt(p0, 1)))
    #expect(ask(attempt(p0, 2)) == [.deny(attempt(p0, 2))])
  }

  @Test("an attempt that fails after its commit leaves its output in place, and no second one comes")
  mutating func failsAfterCommit() {
    _ = ask(attempt(p0, 0))
    _ = coordinator.handle(.committed(attempt(p0, 0)))
    _ = coordinator.handle(.ended(attempt(p0, 0)))
    #expect(ask(attempt(p0, 1)) == [.deny(attempt(p0, 1))])
    #expect(coordinator.committed(of: StageID(rawValue: 0)) == [p0: attempt(p0, 0)])
  }

  @Test("a commit that was never authorised is not believed")
  mutating func unauthorised() {
    _ = ask(attempt(p0, 0))
    _ = coordinator.handle(.committed(attempt(p0, 1)))
    #expect(coordinator.committed(of: StageID(rawValue: 0)).isEmpty)
    _ = coordinator.handle(.committed(attempt(p1, 0)))
    #expect(coordinator.committed(of: StageID(rawValue: 0)).isEmpty)
  }

  @Test("another attempt at the stage does not open a partition again")
  mutating func stageAttempts() {
    _ = ask(attempt(p0, 0))
    _ = coordinator.handle(.committed(attempt(p0, 0)))
    let later = attempt(p0, 0, stageAttempt: 1)
    #expect(ask(later) == [.deny(later)])
  }

  @Test("stages have outputs of their own")
  mutating func stages() {
    _ = ask(attempt(p0, 0, stage: 1))
    #expect(ask(attempt(p0, 0, stage: 2)) == [.authorise(attempt(p0, 0, stage: 2))])
  }

  @Test("after the end of the stage a late attempt is denied")
  mutating func lateAttempt() {
    _ = ask(attempt(p0, 0))
    #expect(coordinator.handle(.stageEnded(StageID(rawValue: 0))) == [])
    #expect(ask(attempt(p0, 1)) == [.deny(attempt(p0, 1))])
    #expect(ask(attempt(p2, 0)) == [.deny(attempt(p2, 0))])
  }
}
