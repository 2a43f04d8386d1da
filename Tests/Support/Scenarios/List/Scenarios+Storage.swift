internal import FlintChaos
internal import FlintCore

/// Disks that are full, broken, or not what they were.
extension Scenarios {
  static let storage: [Scenario] = full + fullOnce + broken + damaged + flipped

  private static let full: [Scenario] = [
    Scenario(
      "disk-full-on-one-node", "one node's disk is full, and the other does its tasks", numbers: [31], settings: files,
      job: .sums, faults: [PlannedFault(.fullDisk(.executor(0), atWrite: 1, stays: true), .after("executorAdded"))],
      expect: .answer(seeing: .after("taskEnded", ["status": "failed", "failure": "diskFull"]))),
    Scenario(
      "disk-full-everywhere", "all disks are full", numbers: [31], settings: files, job: .sums,
      faults: [PlannedFault(.fullDisk(.everyExecutor, atWrite: 1, stays: true), .after("executorAdded"))],
      expect: .failure(.diskFull, saying: "partition", "executor")),
  ]

  private static let fullOnce: [Scenario] = (1...6).map { call -> Scenario in
    Scenario(
      "disk-full-at-write-\(call)", "one write of map outputs finds the disk full", numbers: [31], settings: files,
      job: .sums,
      faults: [PlannedFault(.fullDisk(.everyExecutor, atWrite: call, stays: false), .after("executorAdded"))])
  }

  /// Nothing on a node's disk is synced: what is lost with its power is computed again.
  private static let broken: [Scenario] = Fault.DiskCall.allCases.filter {
    $0 != .remove && $0 != .synchronize
  }.map { call -> Scenario in
    Scenario(
      "disk-error-at-\(call.rawValue)", "a disk fails at one call: \(call.rawValue)", numbers: [32], settings: files,
      job: .sums,
      faults: [PlannedFault(.failingDisk(.everyExecutor, call, atCall: 2), .after("executorAdded", count: 2))])
  }

  private static let damaged: [Scenario] = [
    Scenario(
      "power-lost-with-files", "a machine loses its power after its map outputs, and what was not synced is torn",
      numbers: [33], worlds: [.simulated], settings: files, job: .twoExchanges,
      faults: [PlannedFault(.losePower(.namedExecutor), mapsAreDone)], expect: .answer(seeing: loss)),
    Scenario(
      "files-removed", "the files of all nodes are removed after the map stage", numbers: [35], settings: files,
      job: .sums, faults: [PlannedFault(.removeFiles(.everyExecutor), mapsAreDone)],
      expect: .answer(seeing: fetchFailure, .after("mapOutputRegistered", count: 5))),
    Scenario(
      "files-misplaced", "one map output stands in the place of another", numbers: [36], settings: files, job: .sums,
      faults: [PlannedFault(.misplaceFiles(.everyExecutor), mapsAreDone)],
      expect: .answer(seeing: .after("mapOutputRegistered", count: 5))),
  ]

  private static let flipped: [Scenario] =
    Fault.FilePlace.allCases.map { place -> Scenario in
      Scenario(
        "bit-flipped-in-\(place.rawValue)", "a bit of every map output is flipped on the disk: \(place.rawValue)",
        numbers: [34, 37], settings: files, job: .sums,
        faults: [PlannedFault(.flipBit(.namedExecutor, place), mapsAreDone)])
    } + [
      Scenario(
        "bit-flipped-in-single-rows", "the same, and no codec would notice: the rows stand as they are",
        numbers: [34, 37], settings: files, job: .singleRows,
        faults: [PlannedFault(.flipBit(.namedExecutor, .middle), mapsAreDone)])
    ]
}
