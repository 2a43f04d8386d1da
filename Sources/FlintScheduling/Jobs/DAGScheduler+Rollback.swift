internal import FlintCore
internal import FlintLineage

/// What is void when a second computation gave other rows.
extension DAGScheduler {
  /// Takes back everything that came from rows of `shuffle`, through however many stages.
  mutating func rollBackReaders(of shuffle: ShuffleID) {
    let void = shuffles(from: shuffle)
    for dataset in kept.datasets(reading: void) {
      for partition in kept.partitions(of: dataset) { dropKept(dataset, partition) }
    }
    for id in stages.keys.sorted() {
      guard let run = stages[id], run.stage.shuffles.contains(where: void.contains) else { continue }
      rollBack(run, void)
    }
  }

  /// The exchange and all those whose rows came from it.
  private func shuffles(from shuffle: ShuffleID) -> Set<ShuffleID> {
    var void: Set = [shuffle]
    var grew = true
    while grew {
      grew = false
      for (_, run) in stages.sorted(by: { $0.key < $1.key }) {
        guard let writes = run.writes, run.stage.shuffles.contains(where: void.contains) else { continue }
        if void.insert(writes).inserted { grew = true }
      }
    }
    return void
  }

  private mutating func rollBack(_ run: StageRun, _ void: Set<ShuffleID>) {
    let id = run.stage.id
    let partitions = run.wanted.partitions.filter { partition in
      // Kept rows came from the exchange as well, so they are no way round it.
      run.stage.node.neededShuffles(for: [partition]) { _, _ in false }.contains(where: void.contains)
    }
    stages[id]?.trustedFrom = run.attemptCount
    if let live = run.live {
      outbox.append(.cancel(live.id))
      stages[id]?.live = nil
    }
    if let shuffle = run.writes {
      follow(mapOutputs.handle(.withdrawn(shuffle, partitions)))
    } else if let partition = partitions.first(where: run.released.contains), let job = run.jobs.first {
      let source = run.stage.shuffles.first(where: void.contains) ?? ShuffleID(rawValue: 0)
      let failure = JobFailure(
        .releasedResult(source, partition: partition), stage: id, location: run.stage.node.location)
      end(job, .jobFailed(job, failure))
    } else {
      takeBack(partitions, of: id)
    }
    touch(run.jobs)
  }

  /// Takes back results of `partitions` that were given out and not released.
  mutating func takeBack(_ partitions: [PartitionID], of id: StageID) {
    let given = partitions.filter { stages[id]?.finished.remove($0) == true }
    guard !given.isEmpty, let job = stages[id]?.jobs.first else { return }
    outbox.append(.takeBack(job, given))
  }
}
