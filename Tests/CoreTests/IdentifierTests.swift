import FlintCore
import Testing

@Suite("Identifiers")
struct IdentifierTests {
  @Test("a generator hands out every identifier once, to any number of threads")
  func unique() async {
    let generator = IdentifierGenerator<StageID>(first: 5)
    let start = Rendezvous(count: 2)
    let all = await withTaskGroup(of: [StageID].self) { group in
      for _ in 0..<2 {
        group.addTask {
          await start.meet()
          return (0..<400_000).map { _ in generator.next() }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(all).count == 800_000)
    #expect(all.min() == StageID(rawValue: 5))
    #expect(all.max() == StageID(rawValue: 800_004))
  }

  @Test("identifiers say what they number")
  func descriptions() {
    let stage = StageAttempt(stage: StageID(rawValue: 3), number: 1)
    let attempt = TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: 7)), number: 2)
    #expect("\(StageID(rawValue: 3))" == "stage 3")
    #expect("\(attempt)" == "stage 3 attempt 1, partition 7, attempt 2")
    #expect("\(ExecutorIncarnation(executor: ExecutorID(rawValue: 4), number: 1))" == "executor 4 incarnation 1")
    #expect(
      "\(BlockID.shuffleData(ShuffleID(rawValue: 9), map: attempt))"
        == "data of shuffle 9, stage 3 attempt 1, partition 7, attempt 2")
  }

  @Test("attempts are ordered by what is tried, then by the try")
  func order() {
    let first = StageAttempt(stage: StageID(rawValue: 1), number: 9)
    let second = StageAttempt(stage: StageID(rawValue: 2), number: 0)
    #expect(first < second)
    #expect(first < StageAttempt(stage: StageID(rawValue: 1), number: 10))
    #expect(!(second < first))
  }

  @Test(
    "a pool's name is short and plain", arguments: ["", "a b", "a/b", "é", "a\n", String(repeating: "x", count: 65)])
  func poolNames(name: String) throws {
    #expect(failure { try PoolName(name) }?.code == .invalidArgument)
    #expect(try PoolName("etl-2.night_ly").rawValue == "etl-2.night_ly")
  }

  @Test("the last number of all is never handed out twice")
  func exhaustion() async {
    await #expect(processExitsWith: .failure) {
      let generator = IdentifierGenerator<JobID>(first: .max)
      _ = generator.next()
    }
  }
}
