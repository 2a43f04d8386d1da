internal import FlintChaos

/// Processes that stand still or are slow.
extension Scenarios {
  static let pauses: [Scenario] = [
    Scenario(
      "zombie-executor", "an executor stands still until it is lost, and then goes on with what it had finished",
      numbers: [13, 40], on: untold,
      job: .sums, faults: [PlannedFault(.pause(.namedExecutor, for: .seconds(9)), firstTask)],
      expect: .answer(seeing: loss)),
    Scenario(
      "zombie-executor-with-map-output", "an executor stands still after its map outputs, and wakes up as a zombie",
      numbers: [13, 40], on: untold, settings: memory, job: .twoExchanges,
      faults: [PlannedFault(.pause(.namedExecutor, for: .seconds(9)), mapsAreDone)], expect: .answer(seeing: loss)),
    Scenario(
      "zombie-with-kept-rows", "an executor stands still until it is lost, and then keeps the rows of its task",
      numbers: [13, 40], on: untold, job: .kept,
      faults: [PlannedFault(.pause(.namedExecutor, for: .seconds(9)), firstTask)], expect: .answer(seeing: loss)),
    Scenario(
      "zombie-at-commit", "an executor stands still while it writes an output, and wakes up when others have",
      numbers: [13], on: untold, job: .savedSums,
      faults: [PlannedFault(.pause(.namedExecutor, for: .seconds(9)), .after("taskStarted", count: 5))],
      expect: .answer(seeing: loss)),
    Scenario(
      "short-pause", "an executor stands still for a moment: nothing is computed again", numbers: [14], job: .sums,
      faults: [PlannedFault(.pause(.namedExecutor, for: .seconds(2)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
    Scenario(
      "driver-pause", "the driver stands still for longer than an executor may be late, and blames nobody",
      numbers: [15],
      job: .sums, faults: [PlannedFault(.pause(.driver, for: .seconds(4)), firstTask)],
      expect: .answer(seeing: firstTask, without: [loss])),
    Scenario(
      "slow-executor-speculation", "one executor is slow, and the other one does its task as well", numbers: [16],
      settings: ["flint.speculation": "true"], job: .sums,
      faults: [PlannedFault(.pause(.namedExecutor, for: .milliseconds(2500)), firstTask)],
      expect: .answer(seeing: .after("taskStarted", ["attempt": "1"]), without: [loss])),
    Scenario(
      "speculation-and-commit", "two tries at one part of an output", numbers: [16, 17],
      settings: ["flint.speculation": "true", "flint.shuffle.memory.limit": "0"], job: .savedSums,
      faults: [PlannedFault(.pause(.namedExecutor, for: .milliseconds(2500)), .after("taskStarted", count: 5))],
      expect: .answer(seeing: .after("taskStarted", ["attempt": "1"]), without: [loss])),
    Scenario(
      "slow-disk", "one executor's disk takes up to two seconds a call", numbers: [18], settings: files, job: .sums,
      faults: [PlannedFault(.slowDisk(.executor(0), upTo: .seconds(2), for: .seconds(60)), firstTask)]),
  ]
}
