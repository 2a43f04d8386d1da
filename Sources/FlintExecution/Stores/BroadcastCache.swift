internal import FlintCore
internal import FlintStorage
internal import FlintTasks
internal import FlintWire

/// The broadcasts of one executor: each is fetched and decoded once, and its pieces are given to other executors.
///
/// Executors begin with different pieces, so that the driver sends each only a few times.
actor BroadcastCache {
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private nonisolated let source: BroadcastSource
  private nonisolated let blocks: BlockStore
  private nonisolated let remote: (any BlockFetching)?
  private nonisolated let place: BlockPlace
  private var values: [BroadcastID: Task<any Sendable, any Error>] = [:]

  init(
    _ source: BroadcastSource, blocks: BlockStore, remote: (any BlockFetching)?, place: BlockPlace, context: NodeContext
  ) {
    self.source = source
    self.blocks = blocks
    self.remote = remote
    self.place = place
    self.context = context
  }

  /// Gives each its value.
  func fill(_ broadcasts: [any PendingBroadcast]) async throws {
    for broadcast in broadcasts { broadcast.fill(try await value(of: broadcast)) }
  }

  /// Lets a value go; whoever has it keeps it.
  func forget(_ broadcast: BroadcastID) { values[broadcast] = nil }

  private func value(of broadcast: any PendingBroadcast) async throws -> any Sendable {
    let id = broadcast.id
    let fetching =
      values[id]
      ?? Task(executorPreference: context.executors.control) {
        try broadcast.decode(try await self.content(of: id))
      }
    values[id] = fetching
    do {
      return try await fetching.value
    } catch {
      // The next task may do better.
      values[id] = nil
      throw error
    }
  }

  private func content(of id: BroadcastID) async throws -> [UInt8] {
    let head = BlockRequest(block: .broadcast(id, piece: 0), offset: 0, length: UInt64(BroadcastSource.headLength))
    let (count, length) = try BroadcastSource.lengths(try await source.fetch(head))
    let pieceCount = (count + length - 1) / length
    var pieces: [[UInt8]] = Array(repeating: [], count: pieceCount)
    let first = Int((place.executor?.executor.rawValue ?? 0) % UInt64(max(1, pieceCount)))
    for turn in 0..<pieceCount {
      let index = (first + turn) % pieceCount
      pieces[index] = try await piece(index, of: id, length: min(length, count - index * length))
    }
    var content: [UInt8] = []
    content.reserveCapacity(count)
    for piece in pieces { content += piece }
    return content
  }

  private func piece(_ index: Int, of id: BroadcastID, length: Int) async throws -> [UInt8] {
    let block = BlockID.broadcast(id, piece: UInt32(index + 1))
    let request = BlockRequest(block: block, offset: 0, length: UInt64(length))
    let bytes = if let near = try await fromPeer(request) { near } else { try await source.fetch(request) }
    guard remote != nil, await blocks.put(block, .bytes(bytes), .memoryAndDisk) else { return bytes }
    try? tell(BlockStored(block: block, place: place, byteCount: UInt64(length), attempt: nil))
    return bytes
  }

  private func tell(_ stored: BlockStored) throws { try source.driver.send(.blockStored(stored)) }

  /// From another executor; nil when none has it, or none can give it.
  private func fromPeer(_ request: BlockRequest) async throws -> [UInt8]? {
    guard let remote else { return nil }
    guard
      case .answerBlock(let answer) = try await source.driver.request(.askBlock(BlockQuestion(block: request.block)))
    else { return nil }
    for peer in answer.places where peer.executor != place.executor {
      guard let slab = try? await remote.fetch(request, from: peer) else { continue }
      return Array(slab.bytes[..<Int(request.length)])
    }
    return nil
  }
}
