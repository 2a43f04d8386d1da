internal import FlintChaos
internal import FlintCore

/// Processes that die.
extension Scenarios {
  static let processes: [Scenario] = deaths + commitSteps + committed + ends + userCode

  private static let deaths: [Scenario] = [
    Scenario(
      "executor-killed-in-map-stage", "an executor is killed while it runs a map task", numbers: [1],
      job: .sums, faults: [PlannedFault(.kill(.namedExecutor), firstTask)], expect: .answer(seeing: loss)),
    Scenario(
      "executor-killed-in-map-stage-untold", "the same, and only its connection tells", numbers: [1],
      worlds: [.simulated], on: untold, job: .sums, faults: [PlannedFault(.kill(.namedExecutor), firstTask)],
      expect: .answer(seeing: loss)),
    Scenario(
      "executor-killed-after-map-output", "an executor is killed with map outputs in its memory", numbers: [2],
      settings: memory, job: .sums, faults: [PlannedFault(.kill(.namedExecutor), mapsAreDone)],
      expect: .answer(seeing: loss, .after("mapOutputRegistered", count: 5))),
    Scenario(
      "executor-killed-with-files", "an executor is killed, and its node still has the files of its map outputs",
      numbers: [2], settings: files, job: .sums, faults: [PlannedFault(.kill(.namedExecutor), mapsAreDone)],
      expect: .answer(seeing: loss, without: [.after("mapOutputRegistered", count: 5)])),
    Scenario(
      "machine-without-power-fetch-first", "a machine loses its power, and a reader notices before the heartbeat does",
      numbers: [2, 33], worlds: [.simulated], on: untold, settings: files,
      limits: {
        $0.suspectAfter = .seconds(50); $0.fencedAfter = .seconds(59); $0.driverSilence = .seconds(60)
      }, job: .sums,
      faults: [PlannedFault(.losePower(.namedExecutor), mapsAreDone)], expect: .answer),
    Scenario(
      "machine-without-power-heartbeat-first", "a machine loses its power, and the heartbeat notices first",
      numbers: [3], worlds: [.simulated], on: untold, settings: memory, job: .sums,
      faults: [PlannedFault(.losePower(.namedExecutor), mapsAreDone)], expect: .answer(seeing: loss)),
  ]

  private static let calls: [(Fault.DiskCall, String)] = [
    (.open, "opens its part"), (.write, "writes its part"), (.synchronize, "syncs its part"),
    (.rename, "moves its part"),
  ]

  /// Executors that die around a commit: at each step of it.
  private static let commitSteps: [Scenario] = calls.flatMap { call, step -> [Scenario] in
    [false, true].map { isAfter -> Scenario in
      Scenario(
        "executor-dies-at-commit-\(call.rawValue)-\(isAfter ? "after" : "before")",
        "an executor dies \(isAfter ? "just after" : "just before") it \(step)", numbers: [4], job: .savedSums,
        faults: [PlannedFault(.killAtCall(.everyExecutor, call, atCall: 1, isAfter: isAfter), mapsAreDone)],
        expect: .answer(seeing: loss))
    }
  }

  private static let committed: [Scenario] = [
    Scenario(
      "executor-killed-after-commit", "an executor is killed after its commit counts", numbers: [4], job: .savedSums,
      faults: [PlannedFault(.kill(.namedExecutor), .after("taskCommitted"))], expect: .answer(seeing: loss))
  ]

  private static let ends: [Scenario] = [
    Scenario(
      "all-executors-die-once", "all executors die at once, and others come", numbers: [5], settings: memory,
      job: .sums,
      faults: [PlannedFault(.kill(.everyExecutor), mapsAreDone)],
      expect: .answer(seeing: .after("executorLost", count: 2))),
    Scenario(
      "all-executors-die-for-good", "all executors die, and none comes into service again", numbers: [5, 6],
      worlds: [.simulated], job: .sums, faults: [PlannedFault(.killRepeatedly(.everyExecutor, times: 50), firstTask)],
      expect: .failure(.executorsUnavailable, saying: "executor")),
    Scenario(
      "executor-crash-loop", "one executor dies at its start a few times; the job goes on with the other",
      numbers: [6], worlds: [.simulated], job: .sums,
      faults: [
        PlannedFault(.killRepeatedly(.executor(0), times: 3), .after("executorAdded", ["executor": "0"]))
      ], expect: .answer(seeing: loss)),
    Scenario(
      "driver-killed", "the driver is killed in the middle of a job with an output", numbers: [10], job: .savedSums,
      faults: [PlannedFault(.kill(.driver), .after("taskStarted", count: 6))], expect: .silence),
    Scenario(
      "driver-again", "another driver comes to the same address while an executor of the first one stands still",
      numbers: [11], worlds: [.simulated], on: untold, job: .savedSums,
      faults: [
        PlannedFault(.pause(.namedExecutor, for: .seconds(20)), .after("taskStarted", count: 5)),
        PlannedFault(.replaceDriver, .after("taskStarted", count: 6)),
      ]),
    Scenario(
      "driver-again-unheard", "the same, and executors of the first driver do not hear that it is gone", numbers: [11],
      worlds: [.simulated], on: untold, settings: files, job: .savedSums,
      faults: [
        PlannedFault(.partition(.everyExecutor, from: .driver, for: .seconds(1)), .after("taskStarted", count: 5)),
        PlannedFault(.replaceDriver, .after("taskStarted", count: 6)),
      ]),
    Scenario(
      "executor-on-the-same-port", "an executor is followed by another at the same address at once", numbers: [12],
      worlds: [.simulated], on: untold, settings: memory, job: .sums,
      faults: [
        PlannedFault(.slowLinks(upTo: .seconds(1), for: .seconds(20)), firstTask),
        PlannedFault(.kill(.namedExecutor), mapsAreDone),
      ], expect: .answer(seeing: loss)),
  ]

  private static let userCode: [Scenario] = [
    Scenario(
      "task-traps-once", "a task takes its process with it, once", numbers: [7], job: .trapping(.once), faults: [],
      expect: .answer(seeing: loss, .after("taskEnded", ["status": "failed", "failure": "trapped"]))),
    Scenario(
      "task-traps-always", "a task takes each process with it: the job must fail before it has eaten them all",
      numbers: [7], job: .trapping(.always), faults: [],
      expect: .failure(.taskFailed, saying: "partition 0", seeing: [.after("executorLost", count: 4)])),
    Scenario(
      "task-throws-once", "a task throws, once", numbers: [8], job: .throwing(.once), faults: [],
      expect: .answer(seeing: .after("taskEnded", ["status": "failed"]))),
    Scenario(
      "task-throws-always", "a task throws each time", numbers: [8], job: .throwing(.always), faults: [],
      expect: .failure(
        .userCode, saying: "partition 0", "Unlucky", seeing: [.after("taskEnded", ["status": "failed"], count: 4)])),
    Scenario(
      "task-throws-for-good", "a task throws what is not worth another try", numbers: [8], job: .throwingForGood,
      faults: [],
      expect: .failure(
        .invalidArgument, saying: "row 7 is not wanted", seeing: [.after("taskEnded", ["status": "failed"])])),
    Scenario(
      "job-fails-between-map-outputs", "a job fails while some of its tasks still write what nobody will read",
      numbers: [8], on: three, settings: files, job: .throwingBeforeExchange, faults: [],
      expect: .failure(.invalidArgument, saying: "row 7 is not wanted")),
    Scenario(
      "job-fails-with-outputs-on-the-way", "the same, and word of those that are written comes after the end",
      numbers: [8], on: three, settings: files, job: .throwingBeforeExchange,
      faults: [PlannedFault(.slowLinks(upTo: .milliseconds(300), for: .seconds(20)), .after("executorAdded"))],
      expect: .failure(.invalidArgument, saying: "row 7 is not wanted")),
    Scenario(
      "output-fails", "a task of an output throws for good: nothing of the output is left", numbers: [8],
      job: .throwingWhileSaving, faults: [],
      expect: .failure(.invalidArgument, saying: "row 999 is not wanted")),
    Scenario(
      "task-hears-nothing", "a task does not end with its job: its executor goes with it, and the next job runs",
      numbers: [9], on: ClusterShape(executorCount: 1), job: .deaf, faults: [], expect: .answer(seeing: loss)),
  ]
}
