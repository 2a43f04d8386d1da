import FlintCore
import FlintScheduling
import Testing

@testable import FlintDriver

/// What people and programs are told of an application.
struct SummaryTests {
  @Test("the JSON of a summary has these keys, in this order")
  func keys() {
    var summary = ApplicationSummary()
    summary.application = "a \"quoted\" name"
    summary.status = .failed
    summary.error = "[user-code] odd\nand over two lines"
    summary.jobs = 2
    summary.executorsLost = [
      ApplicationSummary.Loss(
        id: ExecutorIncarnation(executor: ExecutorID(rawValue: 1), number: 0), cause: "signal 9 from outside")
    ]
    summary.peakMemoryBytes = ["driver": 7, "executor 1 incarnation 0": 9]
    summary.wall = .milliseconds(1234)
    summary.cpu = .microseconds(1999)
    #expect(
      String(decoding: summary.json, as: UTF8.self)
        == #"{"application":"a \"quoted\" name","status":"failed","error":"[user-code] odd\nand over two lines","#
        + #""jobs":2,"stages":0,"tasks":{"succeeded":0,"failed":0,"killed":0,"speculative":0},"#
        + #""executorsLost":[{"id":"executor 1 incarnation 0","cause":"signal 9 from outside"}],"#
        + #""partitionsRecomputed":0,"rowsRead":0,"rowsWritten":0,"bytesRead":0,"bytesWritten":0,"#
        + #""shuffleBytesWritten":0,"shuffleBytesRead":0,"spilledBytes":0,"#
        + #""peakMemoryBytes":{"driver":7,"executor 1 incarnation 0":9},"wallSeconds":1.234,"cpuSeconds":0.001}"# + "\n"
    )
  }

  @Test("of each process the most memory that it ever said counts, and one without a process has no line")
  func memory() {
    var book = SummaryBook()
    let executors = (0...1).map { ExecutorIncarnation(executor: ExecutorID(rawValue: $0), number: 0) }
    for bytes in [5, 9, 7] as [UInt64] { book.memory(of: executors[0], bytes) }
    book.memory(of: executors[1], 0)
    #expect(book.total(.succeeded, wall: .zero).peakMemoryBytes == ["executor 0 incarnation 0": 9])
  }

  @Test("a map output counts as computed again when it was written before, and not when it is new")
  func recomputed() {
    var book = SummaryBook()
    let shuffle = ShuffleID(rawValue: 3)
    for map in [0, 1, 1, 0, 0] as [UInt64] { book.wrote(shuffle, map: PartitionID(rawValue: map), mapCount: 2) }
    #expect(book.total(.succeeded, wall: .zero).partitionsRecomputed == 3)
    book.forget(shuffle)
    book.wrote(shuffle, map: PartitionID(rawValue: 0), mapCount: 2)
    #expect(book.total(.succeeded, wall: .zero).partitionsRecomputed == 3)
  }

  @Test("a kept block counts as computed again when it went with an executor, and not when it was let go")
  func keptAgain() {
    var book = SummaryBook()
    let block = BlockID.cached(DatasetID(rawValue: 1), PartitionID(rawValue: 4))
    for _ in 0..<2 { book.stored(block) }
    #expect(book.total(.succeeded, wall: .zero).partitionsRecomputed == 0)
    book.lost(block)
    for _ in 0..<2 { book.stored(block) }
    #expect(book.total(.succeeded, wall: .zero).partitionsRecomputed == 1)
  }
}

/// Lines of progress.
struct ProgressTests {
  private static let stage = StageAttempt(stage: StageID(rawValue: 2), number: 0)

  private static func attempt(_ partition: UInt64, _ number: UInt32 = 0) -> TaskAttempt {
    TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: partition)), number: number)
  }

  @Test("a line counts partitions that are done, and tries apart; it is full only when all is done")
  func line() {
    let written = Written()
    var book = ProgressBook(.lines { written.add($0) })
    let partitions = (0..<3).map { PartitionID(rawValue: $0) }
    // One of four was done by an earlier attempt.
    book.submitted(TaskSet(stage: Self.stage, job: JobID(rawValue: 0), partitions: partitions), name: "map", total: 4)
    for partition in [0, 1] as [UInt64] { book.launched(Self.attempt(partition)) }
    book.show(at: MonotonicInstant(nanoseconds: 0))
    #expect(written.text == "stage 2 map [======                  ] 1/4, 2 running\n")
    // One fails, and is tried again; the other is done.
    book.ended(Self.attempt(0))
    book.launched(Self.attempt(0, 1))
    book.ended(Self.attempt(1))
    book.finished(Self.attempt(1))
    book.show(at: MonotonicInstant(nanoseconds: 1))
    #expect(written.text == "", "within the pause")
    book.show(at: MonotonicInstant(nanoseconds: 6_000_000_000))
    #expect(written.text == "stage 2 map [============            ] 2/4, 1 running, 3 tries\n")
    for (partition, number) in [(0, 1), (2, 0)] as [(UInt64, UInt32)] {
      book.ended(Self.attempt(partition, number))
      book.finished(Self.attempt(partition, number))
    }
    book.show(at: MonotonicInstant(nanoseconds: 12_000_000_000))
    #expect(written.text == "", "what is done is not shown any more")
  }

  @Test("on a terminal each look gives all lines anew, and the end of a job and of all takes them away")
  func terminal() {
    let written = Written()
    var book = ProgressBook(.terminal { written.add(Array(($0.joined(separator: "; ") + "|").utf8)) })
    let set = TaskSet(stage: Self.stage, job: JobID(rawValue: 0), partitions: [PartitionID(rawValue: 0)])
    book.submitted(set, name: "map", total: 1)
    book.show(at: MonotonicInstant(nanoseconds: 0))
    #expect(written.text == "stage 2 map [                        ] 0/1, 0 running|")
    book.launched(Self.attempt(0))
    book.show(at: MonotonicInstant(nanoseconds: 1))
    #expect(written.text == "stage 2 map [                        ] 0/1, 1 running|")
    book.ended(Self.stage)
    book.refresh()
    #expect(written.text == "|")
    book.finish()
    #expect(written.text == "|")
  }

  @Test("partitions that were lost with an executor are not done any more, and further tries stand apart")
  func corrected() {
    let written = Written()
    var book = ProgressBook(.terminal { written.add(Array($0.joined(separator: "; ").utf8)) })
    let partitions = (0..<3).map { PartitionID(rawValue: $0) }
    book.submitted(TaskSet(stage: Self.stage, job: JobID(rawValue: 0), partitions: partitions), name: "map", total: 4)
    for partition in [0, 1] as [UInt64] {
      book.launched(Self.attempt(partition))
      book.ended(Self.attempt(partition))
      book.finished(Self.attempt(partition))
    }
    book.refresh()
    #expect(written.text == "stage 2 map [==================      ] 3/4, 0 running")
    book.correct(Self.stage, done: 1)
    book.launched(Self.attempt(2))
    book.ended(Self.attempt(2))
    book.finished(Self.attempt(2))
    book.refresh()
    #expect(written.text == "stage 2 map [============            ] 2/4, 0 running, 3 tries")
  }
}
