internal import FlintChaos
internal import FlintCore

/// Memory, clocks and strangers.
extension Scenarios {
  static let resources: [Scenario] = memoryAndClocks + strangers + impostors

  private static let memoryAndClocks: [Scenario] = [
    Scenario(
      "rows-without-room", "kept rows push each other out while they are read", numbers: [38, 45],
      on: ClusterShape(memory: .mebibytes(1)), job: .crowded, faults: [],
      expect: .answer(seeing: firstTask, without: [.after("jobEnded", ["status": "failed"])])),
    Scenario(
      "sort-without-room", "a sort has less memory than rows", numbers: [45],
      // Half of it is for tasks: hardly a batch of rows fits beside what was fetched.
      on: ClusterShape(memory: .mebibytes(1)), job: .spilling, faults: [],
      expect: .answer(seeing: firstTask, without: [.after("jobEnded", ["status": "failed"])])),
    Scenario(
      "wall-clock-jumps-ahead", "the wall clocks of all machines jump an hour ahead", numbers: [46],
      worlds: [.simulated],
      job: .sums, faults: [PlannedFault(.jumpWallClock(.everybody, by: .seconds(3600)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
    Scenario(
      "wall-clock-jumps-back", "the wall clock of the driver jumps an hour back", numbers: [46], worlds: [.simulated],
      job: .sums, faults: [PlannedFault(.jumpWallClock(.driver, by: .seconds(-3600)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
    Scenario(
      "late-timers", "the timers of an executor are up to ten seconds late", numbers: [46], worlds: [.simulated],
      job: .sums, faults: [PlannedFault(.lateTimers(.executor(0), upTo: .seconds(10), for: .seconds(60)), firstTask)]),
    Scenario(
      "late-timers-of-the-driver", "the timers of the driver are up to three seconds late: it blames nobody",
      numbers: [46], worlds: [.simulated], job: .sums,
      faults: [PlannedFault(.lateTimers(.driver, upTo: .seconds(3), for: .seconds(60)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
  ]

  private static let strangers: [Scenario] = [1, 31, 32, 33, 500, 5000].map { count -> Scenario in
    Scenario(
      "strange-bytes-\(count)", "a stranger sends \(count) bytes that mean nothing to everybody", numbers: [47],
      job: .sums, faults: [PlannedFault(.strangeBytes(.everybody, byteCount: count), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss]))
  }

  private static let impostors: [Scenario] = [
    Scenario(
      "impostor", "a process that is let in claims to be an executor that is there, and asks for what is nobody's",
      numbers: [48], worlds: [.simulated], job: .sums, faults: [PlannedFault(.impersonate(.namedExecutor), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss]))
  ]
}
