internal import FlintCore
internal import FlintLineage
internal import FlintStorage
internal import FlintWire
internal import Synchronization

/// Second copies of kept partitions, on executors of other nodes: asks for them, and keeps those that others ask for.
///
/// Whoever keeps a partition asks the driver who could take a copy, and one of these to fetch it; so what is kept twice is there
/// twice before its task ends. Nobody to take it is no failure: the partition is then kept once.
final class Replicas: Sendable {
  private let place: BlockPlace
  private let blocks: BlockStore
  private let disk: DiskStore
  private let remote: (any BlockFetching)?
  private let driver: (any DriverChannel)?
  private let node: NodeContext
  private let limits: Limits
  /// What of the memory one copy may take on its way in.
  private let largest: UInt64
  private let hasWarned = Mutex(false)

  init(
    at place: BlockPlace, blocks: BlockStore, disk: DiskStore, memory: ByteCount, remote: (any BlockFetching)?,
    driver: (any DriverChannel)?, node: NodeContext, limits: Limits
  ) {
    (self.place, self.blocks, self.disk, self.remote) = (place, blocks, disk, remote)
    (self.driver, self.node, self.limits) = (driver, node, limits)
    largest = UInt64(memory.bytes / 4)
  }

  // MARK: Asking

  /// Has a copy of a block made that is kept here.
  func make(_ id: BlockID, _ level: StorageLevel, by attempt: TaskAttempt) async {
    let copy = BlockCopy(
      block: id, source: place, attempt: attempt, usesMemory: level.usesMemory, usesDisk: level.usesDisk)
    do {
      for peer in try await peers(for: id) {
        guard let isKept = try? await remote?.copy(copy, to: peer) else { continue }
        if isKept { return }
      }
      warn("no executor of another node can take a copy of it", id)
    } catch {
      warn("\(error)", id)
    }
  }

  private func peers(for id: BlockID) async throws -> [BlockPlace] {
    guard let driver, remote != nil else { return [] }
    guard case .answerPeers(let answer) = try await driver.request(.askPeers(BlockQuestion(block: id))) else {
      return []
    }
    return answer.places.filter { $0.node != place.node }
  }

  private func warn(_ why: String, _ id: BlockID) {
    let isFirst = hasWarned.withLock { warned in
      defer { warned = true }
      return !warned
    }
    guard isFirst else { return }
    node.log.warning("what is to be kept on two executors is kept on one", ["block": "\(id)", "because": "\(why)"])
  }

  // MARK: Keeping

  /// Keeps the copy that another executor asks for, and tells the driver. False when it cannot.
  func keep(_ copy: BlockCopy) async -> Bool {
    guard let remote, copy.source.executor != place.executor else { return false }
    do {
      let length = try await remote.length(of: copy.block, at: copy.source)
      // What another try left here may be void.
      await blocks.remove(copy.block)
      await blocks.quiesce()
      guard try await store(copy, length, from: remote) else { return false }
      // On the loop, which the connection belongs to.
      let stored = BlockStored(block: copy.block, place: place, byteCount: length, attempt: copy.attempt)
      await Task(executorPreference: node.executors.control) { [driver] in try? driver?.send(.blockStored(stored)) }
        .value
      return true
    } catch {
      node.log.warning("a copy could not be kept", ["block": "\(copy.block)", "error": "\(error)"])
      return false
    }
  }

  private func store(_ copy: BlockCopy, _ length: UInt64, from remote: any BlockFetching) async throws -> Bool {
    if copy.usesMemory, length <= largest {
      var bytes: [UInt8] = []
      bytes.reserveCapacity(Int(length))
      try await fetch(copy, length, from: remote) { bytes += $0 }
      return await blocks.put(copy.block, .bytes(bytes), copy.usesDisk ? .memoryAndDisk : .memory)
    }
    guard copy.usesDisk else { return false }
    let writer = try await disk.writer(for: copy.block)
    do {
      try await fetch(copy, length, from: remote) { try await writer.append($0) }
    } catch {
      await writer.abandon()
      throw error
    }
    try await writer.finish()
    return await blocks.adopt(copy.block, ByteCount(Int64(length)))
  }

  private func fetch(
    _ copy: BlockCopy, _ length: UInt64, from remote: any BlockFetching, _ take: ([UInt8]) async throws -> Void
  ) async throws {
    let chunk = min(UInt64(limits.fetchRequest.bytes), 1 << 20)
    var offset: UInt64 = 0
    while offset < length {
      let count = min(chunk, length - offset)
      let slab = try await remote.fetch(
        BlockRequest(block: copy.block, offset: offset, length: count), from: copy.source)
      try await take(Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(slab.bytes)[..<Int(count)])))
      offset += count
    }
  }
}
