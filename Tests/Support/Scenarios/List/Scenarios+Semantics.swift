internal import FlintChaos

/// What recovery must not get wrong.
extension Scenarios {
  static let semantics: [Scenario] = [
    Scenario(
      "rows-in-another-order", "rows that depend on the order of arrival are computed again", numbers: [39],
      settings: memory, job: .numbered,
      faults: [PlannedFault(.kill(.namedExecutor), .after("mapOutputRegistered", count: 6))],
      expect: .answer(seeing: loss)),
    Scenario(
      "words-of-sorted-lines", "a reader asks for more after the end of a sort", numbers: [], job: .sortedWords,
      faults: []),
    Scenario(
      "input-lost-under-a-function", "a function that goes through its rows itself meets input that is gone",
      numbers: [35],
      settings: files, job: .walkedSums, faults: [PlannedFault(.removeFiles(.namedExecutor), mapsAreDone)],
      expect: .answer(seeing: fetchFailure)),
    Scenario(
      "two-stages-lost-at-once", "a machine goes with the outputs of two stages", numbers: [41], settings: memory,
      job: .twoExchanges, faults: [PlannedFault(.kill(.namedExecutor), .after("mapOutputRegistered", count: 8))],
      expect: .answer(seeing: loss)),
    Scenario(
      "decommission-before-task", "an executor is asked to end before its first task", numbers: [42], job: .sums,
      faults: [PlannedFault(.terminate(.namedExecutor), .after("executorAdded"))]),
    Scenario(
      "decommission-in-task", "an executor is asked to end while it runs a task", numbers: [42], job: .sums,
      faults: [PlannedFault(.terminate(.namedExecutor), firstTask)]),
    Scenario(
      "decommission-after-map-output", "an executor is asked to end when it has map outputs", numbers: [42],
      settings: memory, job: .sums, faults: [PlannedFault(.terminate(.namedExecutor), mapsAreDone)]),
    Scenario(
      "shared-exchange", "two jobs read one exchange; one is cancelled, and an output is lost", numbers: [44],
      settings: memory, job: .shared, faults: [PlannedFault(.kill(.namedExecutor), mapsAreDone)],
      expect: .answer(seeing: loss)),
    Scenario(
      "kept-rows-lost", "an executor is killed with kept rows", numbers: [1, 38], job: .kept,
      faults: [PlannedFault(.kill(.namedExecutor), .after("blockStored", count: 4))], expect: .answer(seeing: loss)),
    Scenario(
      "words-of-the-dead", "an executor is killed while word of what it keeps is on its way", numbers: [3, 40],
      worlds: [.simulated], job: .kept,
      faults: [
        PlannedFault(.slowLinks(upTo: .milliseconds(300), for: .seconds(20)), .after("executorAdded")),
        PlannedFault(.kill(.otherExecutor), .after("taskEnded")),
      ]),
  ]
}
