import FlintCore
import FlintScheduling
import Testing

@Suite("Accumulators")
struct AccumulatorLedgerTests {
  @Test("a partition counts once, however often it was computed")
  func once() {
    var ledger = AccumulatorLedger<Int>()
    #expect(ledger.update(5, of: attempt(p0, 0)) == 5)
    #expect(ledger.update(5, of: attempt(p0, 1)) == nil)
    #expect(ledger.update(5, of: attempt(p0, 0)) == nil)
    #expect(ledger.update(7, of: attempt(p0, 0, stageAttempt: 1)) == nil)
    #expect(ledger.update(9, of: attempt(p1, 3)) == 9)
  }

  @Test("stages are apart, and a forgotten one takes no memory")
  func stages() {
    var ledger = AccumulatorLedger<Int>()
    #expect(ledger.update(1, of: attempt(p0, stage: 1)) == 1)
    #expect(ledger.update(2, of: attempt(p0, stage: 2)) == 2)
    ledger.forget(StageID(rawValue: 1))
    #expect(ledger.update(3, of: attempt(p0, 1, stage: 2)) == nil)
  }
}
