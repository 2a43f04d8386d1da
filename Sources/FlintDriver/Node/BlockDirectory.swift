internal import FlintCore
internal import FlintWire

/// Who has which blocks that were kept or broadcast, as executors have told.
struct BlockDirectory {
  private var places: [BlockID: [BlockPlace]] = [:]
  /// Where a node serves the files of its executors.
  private var nodes: [NodeID: Endpoint] = [:]
  /// Where executors serve what is in their memory.
  private var executors: [ExecutorIncarnation: Endpoint] = [:]

  /// All blocks that somebody has, by their names.
  var blocks: [BlockID] { places.keys.sorted { $0.description < $1.description } }

  /// Whether somebody has kept rows of `dataset`.
  func hasRows(of dataset: DatasetID) -> Bool {
    places.keys.contains { if case .cached(dataset, _) = $0 { true } else { false } }
  }

  /// Notes that a block can be had at `place`.
  mutating func add(_ block: BlockID, at place: BlockPlace) {
    note(place)
    var known = places[block] ?? []
    known.removeAll { $0.node == place.node && $0.executor == place.executor }
    known.append(place)
    places[block] = known
  }

  /// Notes where an executor or a node serves its blocks.
  mutating func note(_ place: BlockPlace) {
    if let executor = place.executor {
      executors[executor] = place.endpoint
    } else {
      nodes[place.node] = place.endpoint
    }
  }

  /// Where the files of `node` are served.
  func endpoint(of node: NodeID) -> Endpoint? { nodes[node] }

  /// Where `executor` serves what is in its memory.
  func endpoint(of executor: ExecutorIncarnation) -> Endpoint? { executors[executor] }

  mutating func remove(_ block: BlockID, from executor: ExecutorIncarnation) {
    places[block]?.removeAll { $0.executor == executor }
    if places[block]?.isEmpty == true { places[block] = nil }
  }

  mutating func remove(_ block: BlockID) { places[block] = nil }

  /// Takes out everything that was lost with an executor; returns the blocks that nobody has any more, in order.
  mutating func lose(_ executor: ExecutorIncarnation) -> [BlockID] {
    var gone: [BlockID] = []
    executors[executor] = nil
    for (block, held) in places where held.contains(where: { $0.executor == executor }) {
      let left = held.filter { $0.executor != executor }
      places[block] = left.isEmpty ? nil : left
      if left.isEmpty { gone.append(block) }
    }
    return gone.sorted { $0.description < $1.description }
  }

  /// Everybody who has the block.
  func places(of block: BlockID) -> [BlockPlace] { places[block] ?? [] }
}
