internal import FlintChaos
internal import FlintCore

/// Links that do not do what they should.
extension Scenarios {
  static let network: [Scenario] = partitions + names + streams + cuts + slow + frames + damaged

  private static let partitions: [Scenario] = [
    Scenario(
      "partition-heals-in-time", "driver and executor do not reach each other for two seconds", numbers: [19],
      job: .sums, faults: [PlannedFault(.partition(.namedExecutor, from: .driver, for: .seconds(2)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
    Scenario(
      "partition-heals-late", "driver and executor do not reach each other until it was lost", numbers: [19],
      job: .sums, faults: [PlannedFault(.partition(.namedExecutor, from: .driver, for: .seconds(20)), firstTask)],
      expect: .answer(seeing: loss)),
    Scenario(
      "executor-is-not-heard", "an executor hears the driver, which does not hear it", numbers: [20], job: .sums,
      faults: [PlannedFault(.cut(from: .namedExecutor, to: .driver, for: .seconds(20)), firstTask)],
      expect: .answer(seeing: loss)),
    Scenario(
      "driver-is-not-heard", "the driver hears an executor, which does not hear it", numbers: [20], job: .sums,
      faults: [PlannedFault(.cut(from: .driver, to: .namedExecutor, for: .seconds(20)), firstTask)]),
    Scenario(
      "executors-apart", "executors do not reach each other, and the driver reaches both", numbers: [21],
      settings: memory, job: .sums,
      faults: [PlannedFault(.partition(.executor(0), from: .executor(1), for: .seconds(20)), mapsAreDone)]),
  ]

  private static let names: [Scenario] = [
    Scenario(
      "names-unknown-for-a-moment",
      "nobody knows the names of machines for a moment, when map outputs are to be fetched",
      numbers: [30], worlds: [.simulated], settings: memory, job: .sums,
      faults: [PlannedFault(.loseNames(.everybody, for: .milliseconds(100)), mapsAreDone)]),
    Scenario(
      "driver-unknown-for-good",
      "all executors are killed, and no other one finds the driver: the job ends and says why",
      numbers: [30], worlds: [.simulated], job: .sums,
      faults: [
        PlannedFault(.loseNames(.driver, for: .seconds(200)), firstTask),
        PlannedFault(.kill(.everyExecutor), firstTask),
      ],
      expect: .failure(.executorsUnavailable, saying: "executor")),
    Scenario(
      "driver-unknown-by-name", "an executor is killed, and its next life does not find the driver for five seconds",
      numbers: [30], worlds: [.simulated], job: .sums,
      faults: [
        PlannedFault(.loseNames(.driver, for: .seconds(5)), firstTask), PlannedFault(.kill(.namedExecutor), firstTask),
      ], expect: .answer(seeing: loss)),
  ]

  private static let streams: [Scenario] = [
    Scenario(
      "half-open", "the connection to an executor swallows everything without a word", numbers: [22], job: .sums,
      faults: [PlannedFault(.halfOpen(.namedExecutor, .driver), firstTask)]),
    Scenario(
      "half-open-between-executors", "connections between executors swallow everything", numbers: [22],
      settings: memory, job: .twoExchanges,
      faults: [PlannedFault(.halfOpen(.executor(0), .executor(1)), .after("mapOutputRegistered", count: 5))]),
  ]

  private static let cuts: [Scenario] = [0, 1, 17, 31, 32, 33, 60, 100, 400].map { count -> Scenario in
    Scenario(
      "connection-cut-after-\(count)-bytes", "the connection to an executor breaks in the middle of a frame",
      numbers: [23], job: .sums,
      faults: [PlannedFault(.breakStreams(.namedExecutor, .driver, afterBytes: count), .after("taskStarted", count: 2))]
    )
  }

  private static let slow: [Scenario] = [
    Scenario(
      "slow-links", "every frame may travel two seconds", numbers: [24], job: .sums,
      faults: [PlannedFault(.slowLinks(upTo: .seconds(2), for: .seconds(60)), firstTask)]),
    Scenario(
      "single-bytes", "every byte arrives alone", numbers: [25], job: .sums,
      faults: [PlannedFault(.singleBytes(for: .seconds(2)), .after("executorAdded"))]),
  ]

  private static let harms: [(Fault.FrameHarm, Int)] = [
    (.corrupt, 26), (.duplicate, 27), (.reorder, 27), (.lose, 28), (.reset, 23),
  ]

  private static let damaged: [Scenario] = [
    Scenario(
      "results-damaged-on-the-way", "for a moment every fifth frame is damaged, when results are on their way",
      numbers: [26], on: three, job: .sums,
      faults: [
        PlannedFault(.harmFrames(.corrupt, permille: 200, for: .milliseconds(20)), .after("taskStarted", count: 6))
      ])
  ]

  private static let frames: [Scenario] = harms.map { harm, number -> Scenario in
    Scenario(
      "frames-\(harm.rawValue)", "one of a hundred frames is harmed: \(harm.rawValue)", numbers: [number], on: three,
      job: .twoExchanges, faults: [PlannedFault(.harmFrames(harm, permille: 10, for: .seconds(3)), firstTask)])
  }
}
