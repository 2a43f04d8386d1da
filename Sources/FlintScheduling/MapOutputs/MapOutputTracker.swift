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
    /// What each map task wrote the first time: the rows that readers may have seen.
    var checksums: [UInt64?]

    var isComplete: Bool { outputs.allSatisfy { $0 != nil } }
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
      shuffles[shuffle] = Shuffle(
        outputs: Array(repeating: nil, count: mapCount), checksums: Array(repeating: nil, count: mapCount))
      return mapCount == 0 ? [.complete(shuffle)] : []
    case .written(let shuffle, let output): return add(output, to: shuffle)
    case .unreadable(let shuffle, let map, let asked):
      // Under an old epoch the reader was sent to a place that is known to be wrong by now.
      guard asked == epoch else { return [] }
      return lose { $0 == shuffle && $1.attempt.task.partition == map }
    case .executorLost(let executor):
      return lose { _, output in
        if case .executor(executor, _) = output.place { true } else { false }
      }
    case .nodeLost(let node): return lose { _, output in output.place.node == node }
    case .shuffleEnded(let shuffle): return shuffles.removeValue(forKey: shuffle) == nil ? [] : [.discard(shuffle)]
    }
  }

  // MARK: Questions

  /// Whether every map output is there.
  public func isComplete(_ shuffle: ShuffleID) -> Bool { shuffles[shuffle]?.isComplete ?? false }

  /// The map tasks whose output is not there, in rising order; nil for a shuffle that was not started.
  public func missing(_ shuffle: ShuffleID) -> [PartitionID]? {
    shuffles[shuffle].map { shuffle in
      shuffle.outputs.indices.filter { shuffle.outputs[$0] == nil }.map { PartitionID(rawValue: UInt64($0)) }
    }
  }

  /// Where a reducer finds its rows, map by map; nil while an output is missing.
  public func outputs(of shuffle: ShuffleID) -> [MapOutput]? {
    guard let outputs = shuffles[shuffle]?.outputs else { return nil }
    let present = outputs.compactMap(\.self)
    return present.count == outputs.count ? present : nil
  }

  /// How many rows a reducer must read from the shuffle; nil while an output is missing.
  public func rowCount(of shuffle: ShuffleID, reduce: PartitionID) -> UInt64? {
    outputs(of: shuffle)?.reduce(0) { $0 + $1.rowCounts[Int(reduce.rawValue)] }
  }

  // MARK: Changes

  private mutating func add(_ output: MapOutput, to id: ShuffleID) -> [Action] {
    let map = Int(output.attempt.task.partition.rawValue)
    guard var shuffle = shuffles[id], shuffle.outputs.indices.contains(map) else { return [] }
    // The first of two copies counts: readers may be on their way to it.
    guard shuffle.outputs[map] == nil else { return [] }
    shuffle.outputs[map] = output
    let seen = shuffle.checksums[map]
    shuffle.checksums[map] = output.checksum
    shuffles[id] = shuffle
    var actions: [Action] = []
    if let seen, seen != output.checksum {
      actions.append(.rollBackReaders(id))
      raiseEpoch()
    }
    if shuffle.isComplete { actions.append(.complete(id)) }
    return actions
  }

  private mutating func lose(where isLost: (ShuffleID, MapOutput) -> Bool) -> [Action] {
    var actions: [Action] = []
    for id in shuffles.keys.sorted() {
      guard var shuffle = shuffles[id] else { continue }
      let lost = shuffle.outputs.indices.filter { index in shuffle.outputs[index].map { isLost(id, $0) } ?? false }
      guard !lost.isEmpty else { continue }
      for index in lost { shuffle.outputs[index] = nil }
      shuffles[id] = shuffle
      actions.append(.missing(id, lost.map { PartitionID(rawValue: UInt64($0)) }))
    }
    if !actions.isEmpty { raiseEpoch() }
    return actions
  }

  private mutating func raiseEpoch() {
    epoch = MapOutputEpoch(rawValue: epoch.rawValue + 1)
  }
}
