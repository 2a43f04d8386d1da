import FlintCore
import Testing

@Suite("Limits")
struct LimitsTests {
  @Test("the defaults satisfy their relations")
  func defaults() throws {
    try Limits().validate()
  }

  @Test("every property is in the table, under its own name")
  func complete() {
    let properties = Mirror(reflecting: Limits()).children.compactMap(\.label)
    #expect(Limits.all.map(\.name) == properties)
    for limit in Limits.all {
      #expect(!limit.purpose.isEmpty)
    }
    #expect(Limits.all[0].description == "handshakeLength 4k")
  }

  @Test("a broken relation names both limits, their values and the reason")
  func brokenRelation() throws {
    var limits = Limits()
    limits.suspectAfter = .milliseconds(900)
    let error = try #require(failure { try limits.validate() })
    #expect(error.code == .limitRelation)
    #expect(error.what == "heartbeatInterval (1s) must be less than suspectAfter (900ms)")
    #expect(error.why == "otherwise every executor would be suspect between two heartbeats")
    #expect(error.remedy == "lower heartbeatInterval or raise suspectAfter")
  }

  @Test("every relation is checked", arguments: 0..<13)
  func everyRelation(index: Int) {
    var limits = Limits()
    switch index {
    case 0: limits.frameLength = ByteCount(limits.handshakeLength.bytes - 1)
    case 1: limits.lowWaterMark = limits.highWaterMark
    case 2: limits.heartbeatInterval = limits.suspectAfter
    case 3: limits.fencedAfter = limits.suspectAfter
    case 4: limits.noProgressAfter = limits.fencedAfter
    case 5: limits.localityWait = limits.noProgressAfter
    case 6: limits.taskStarts = limits.taskAttempts - 1
    case 7: limits.killWait = limits.noProgressAfter
    case 8: limits.barrierWait = limits.noProgressAfter
    case 9: limits.excludedWait = limits.noProgressAfter
    case 10: limits.resultChunk = ByteCount(limits.frameLength.bytes + 1)
    case 11: limits.collectedBytes = ByteCount(limits.resultChunk.bytes - 1)
    default: limits.fetchRequest = ByteCount(limits.fetchBytesInFlight.bytes + 1)
    }
    #expect(failure { try limits.validate() }?.code == .limitRelation)
  }

  @Test("a limit of zero is refused")
  func zero() throws {
    var limits = Limits()
    limits.taskAttempts = 0
    let error = try #require(failure { try limits.validate() })
    #expect(error.what == "taskAttempts is 0; a limit is above zero")
  }

  @Test("hostile limits are legal, follow from the seed, and reach small values everywhere")
  func hostile() throws {
    var smallest = Limits()
    for seed in UInt64(0)..<10_000 {
      var generator = SeededGenerator(seed: seed)
      let limits = Limits.hostile(using: &generator)
      try limits.validate()
      var again = SeededGenerator(seed: seed)
      #expect(limits == Limits.hostile(using: &again))
      smallest.rowsPerBatch = min(smallest.rowsPerBatch, limits.rowsPerBatch)
      smallest.heartbeatInterval = min(smallest.heartbeatInterval, limits.heartbeatInterval)
      smallest.highWaterMark = min(smallest.highWaterMark, limits.highWaterMark)
      smallest.taskAttempts = min(smallest.taskAttempts, limits.taskAttempts)
    }
    #expect(smallest.rowsPerBatch == 1)
    #expect(smallest.taskAttempts == 1)
    #expect(smallest.heartbeatInterval < .milliseconds(100))
    #expect(smallest.highWaterMark < .kibibytes(1))
  }
}
