public import FlintCore

/// The driver's book of map outputs: which are there, where, and what was lost.
///
/// Every change that could send a reader to the wrong place raises the epoch; readers tell under which epoch they asked, and
/// what they complain of under an old one is old news. A second output of a map task whose rows are not those of the first does
/// not belong with what readers have taken already: their stages must be rolled back. That is decided by the rows' checksum and
/// not by what the user's code was declared to be.
public struct MapOutputTracker: Sendable {
  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// A shuffle will be written by so many map tasks.
    case shuffleStarted(ShuffleID, mapCount: Int)
    /// A map task has written.
    case written(ShuffleID, MapOutput)
    /// A reader that asked under `epoch` could not get one map's output.
    case unreadable(ShuffleID, map: PartitionID, epoch: MapOutputEpoch)
    /// An executor is gone, its node is not.
    case executorLost(ExecutorIncarnation)
    /// A node is gone with its files.
    case nodeLost(NodeID)
    /// More than one map's output on a node could not be had by a reader that asked under `epoch`: none that it could have
    /// been sent to there is counted on any more.
    case nodeUnreadable(ShuffleID, NodeID, epoch: MapOutputEpoch)
    /// The map tasks will all run again together.
    case restarted(ShuffleID)
    /// These outputs came from rows that are void, and so is what was read of them.
    case withdrawn(ShuffleID, [PartitionID])
    /// Nobody will read the shuffle any more.
    case shuffleEnded(ShuffleID)
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Every map output of the shuffle is there.
    case complete(ShuffleID)
    /// These map tasks of the shuffle must run again, if somebody needs it.
    case missing(ShuffleID, [PartitionID])
    /// A rerun gave other rows: whoever has read from the shuffle must start over.
    case rollBackReaders(ShuffleID)
    /// The bytes can go.
    case discard(ShuffleID)
  }

  private struct Shuffle: Sendable {
    var outputs: [MapOutput?]
    /// What each map task wrote last: the rows that readers may have seen.
    var checksums: [UInt64?]
    /// The epoch in which each output came in: a reader that asked before did not mean this one.
    var since: [MapOutputEpoch]
    var missingCount: Int

    init(mapCount: Int, epoch: MapOutputEpoch) {
      outputs = Array(repeating: nil, count: mapCount)
      checksums = Array(repeating: nil, count: mapCount)
      since = Array(repeating: epoch, count: mapCount)
      missingCount = mapCount
    }
  }

  /// How often the book has changed under its readers.
  public private(set) var epoch = MapOutputEpoch(rawValue: 0)
  private var shuffles: [ShuffleID: Shuffle] = [:]

  /// A book without entries.
  public init() {}

  /// Takes in what happened.
  public mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .shuffleStarted(let shuffle, let mapCount):
      // Two jobs may share a shuffle; the second one finds it.
      guard shuffles[shuffle] == nil else { return [] }
      shuffles[shuffle] = Shuffle(mapCount: mapCount, epoch: epoch)
      return mapCount == 0 ? [.complete(shuffle)] : []
    case .written(let shuffle, let output): return add(output, to: shuffle)
    case .unreadable(let shuffle, let map, let asked): return complain(of: map, of: shuffle, since: asked)
    case .executorLost(let executor):
      #if FLINT_PLANTED_BUGS
        if PlantedBug.current == .staleMapOutput { return [] }
      #endif
      return lose { _, output in
        if case .executor(executor, _) = output.place { true } else { false }
      }
    case .nodeLost(let node): return lose { _, output in output.place.node == node }
    case .nodeUnreadable(let shuffle, let node, let asked): return blame(node, for: shuffle, since: asked)
    case .restarted(let shuffle): return lose { id, _ in id == shuffle }
    case .withdrawn(let shuffle, let maps): return withdraw(maps, from: shuffle)
    case .shuffleEnded(let shuffle): return shuffles.removeValue(forKey: shuffle) == nil ? [] : [.discard(shuffle)]
    }
  }

  // MARK: Questions

  /// Whether every map output is there.
  public func isComplete(_ shuffle: ShuffleID) -> Bool { shuffles[shuffle]?.missingCount == 0 }

  /// Where the output of one map task is; nil while it is not there.
  public func output(of shuffle: ShuffleID, map: PartitionID) -> MapOutput? {
    guard let outputs = shuffles[shuffle]?.outputs, map.rawValue < UInt64(outputs.count) else { return nil }
    return outputs[Int(map.rawValue)]
  }

  /// The map tasks whose output is not there, in rising order; nil for a shuffle that was not started.
  public func missing(_ shuffle: ShuffleID) -> [PartitionID]? {
    shuffles[shuffle].map { shuffle in
      shuffle.outputs.indices.filter { shuffle.outputs[$0] == nil }.map { PartitionID(rawValue: UInt64($0)) }
    }
  }

  /// Where a reducer finds its rows, map by map; nil while an output is missing.
  public func outputs(of shuffle: ShuffleID) -> [MapOutput]? {
    guard let held = shuffles[shuffle], held.missingCount == 0 else { return nil }
    return held.outputs.compactMap(\.self)
  }

  /// How many rows a reducer must read from the shuffle; nil while an output is missing.
  public func rowCount(of shuffle: ShuffleID, reduce: PartitionID) -> UInt64? {
    outputs(of: shuffle)?.reduce(0) { $0 + $1.rowCounts[Int(reduce.rawValue)] }
  }

  // MARK: Changes

  private mutating func add(_ output: MapOutput, to id: ShuffleID) -> [Action] {
    // In place throughout: a copy of a million entries for each of a million tasks would never end.
    let map = Int(output.attempt.task.partition.rawValue)
    guard let count = shuffles[id]?.outputs.count, map < count else { return [] }
    // The first of two copies counts: readers may be on their way to it.
    guard shuffles[id]?.outputs[map] == nil else { return [] }
    shuffles[id]?.outputs[map] = output
    shuffles[id]?.missingCount -= 1
    var actions: [Action] = []
    if let seen = shuffles[id]?.checksums[map], seen != output.checksum {
      actions.append(.rollBackReaders(id))
      raiseEpoch()
    }
    shuffles[id]?.checksums[map] = output.checksum
    shuffles[id]?.since[map] = epoch
    if isComplete(id) { actions.append(.complete(id)) }
    return actions
  }

  private mutating func complain(of map: PartitionID, of id: ShuffleID, since asked: MapOutputEpoch) -> [Action] {
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .epochDropped { return lose { $0 == id && $1.attempt.task.partition == map } }
    #endif
    // Who asked before this output came in was sent to one that is known to be gone by now.
    guard let since = shuffles[id]?.since, map.rawValue < UInt64(since.count), asked >= since[Int(map.rawValue)]
    else { return [] }
    return lose { $0 == id && $1.attempt.task.partition == map }
  }

  /// What was written on the node since then was written to what is there now.
  private mutating func blame(_ node: NodeID, for id: ShuffleID, since asked: MapOutputEpoch) -> [Action] {
    let since = shuffles[id]?.since ?? []
    return lose { $0 == id && $1.place.node == node && since[Int($1.attempt.task.partition.rawValue)] <= asked }
  }

  private mutating func withdraw(_ maps: [PartitionID], from id: ShuffleID) -> [Action] {
    for map in maps { shuffles[id]?.checksums[Int(map.rawValue)] = nil }
    let void = Set(maps)
    return lose { $0 == id && void.contains($1.attempt.task.partition) }
  }

  private mutating func lose(where isLost: (ShuffleID, MapOutput) -> Bool) -> [Action] {
    var actions: [Action] = []
    for id in shuffles.keys.sorted() {
      guard let outputs = shuffles[id]?.outputs else { continue }
      let lost = outputs.indices.filter { index in outputs[index].map { isLost(id, $0) } ?? false }
      guard !lost.isEmpty else { continue }
      for index in lost { shuffles[id]?.outputs[index] = nil }
      shuffles[id]?.missingCount += lost.count
      actions.append(.missing(id, lost.map { PartitionID(rawValue: UInt64($0)) }))
    }
    if !actions.isEmpty { raiseEpoch() }
    return actions
  }

  private mutating func raiseEpoch() {
    epoch = MapOutputEpoch(rawValue: epoch.rawValue + 1)
  }
}
