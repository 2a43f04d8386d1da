internal import FlintCore
internal import FlintLineage
internal import FlintStorage
internal import FlintTasks
internal import FlintWire

/// The partitions that an executor keeps, or reads where others keep them. The driver is told of every one that is kept
/// here, and of those that are found to be gone.
struct KeptBlocks: Sendable {
  let place: BlockPlace
  let blocks: BlockStore
  let disk: DiskStore
  let stored: StoredBlocks
  let remote: (any BlockFetching)?
  let driver: (any DriverChannel)?
  let node: NodeContext
  /// Makes the second copies.
  let replicas: Replicas

  /// The rows of a partition: from here, from others, or computed and then kept here.
  func rows(_ kept: KeptPartition, _ context: any TaskContext) async throws -> any RowStream {
    let id = BlockID.cached(kept.dataset, kept.partition)
    let chunk = min(UInt64(context.limits.fetchRequest.bytes), 1 << 20)
    if kept.places.contains(where: { $0.executor == place.executor }) {
      if let rows = await own(kept, id, chunk, context) {
        // The other copy went with its executor: it is made again before this one can be lost too.
        if kept.places.count < kept.level.replicaCount { await replicas.make(id, kept.level, by: context.attempt) }
        return rows
      }
      await tellGone(id)
    }
    if let remote {
      for other in kept.places where other.executor != place.executor {
        guard let length = try? await remote.length(of: id, at: other) else { continue }
        return KeptStream(length: length, chunk: chunk, kept.codec, context) { offset, count in
          let slab = try await remote.fetch(BlockRequest(block: id, offset: offset, length: count), from: other)
          return Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(slab.bytes)[..<Int(count)]))
        }
      }
    }
    return try await computed(kept, id, context)
  }

  /// The rows of a partition that is kept here; nil when it is not any more.
  private func own(
    _ kept: KeptPartition, _ id: BlockID, _ chunk: UInt64, _ context: any TaskContext
  ) async -> (any RowStream)? {
    if let lease = await blocks.lease(id), case .values(let values, _) = lease.content,
      let content = values as? KeptContent
    {
      return KeptContentStream(content, lease, kept.codec, context)
    }
    guard let length = try? await stored.length(of: id) else { return nil }
    return KeptStream(length: length, chunk: chunk, kept.codec, context) { [stored] offset, count in
      let part = try await stored.part(of: BlockRequest(block: id, offset: offset, length: count))
      guard let part else { preconditionFailure("kept blocks are the store's business") }
      return part
    }
  }

  private func computed(
    _ kept: KeptPartition, _ id: BlockID, _ context: any TaskContext
  ) async throws -> any RowStream {
    let rows = try await kept.compute()
    let spool = KeptSpool(id, kept.level, disk, context)
    return KeepingStream(rows, kept.codec, spool, context) { spool in
      // What another try left here may be void.
      await blocks.remove(id)
      await blocks.quiesce()
      guard let length = try await spool.finish(in: blocks) else { return }
      await tell(
        .blockStored(
          BlockStored(block: id, place: place, byteCount: UInt64(length), attempt: context.attempt)))
      if kept.level.replicaCount > 1 { await replicas.make(id, kept.level, by: context.attempt) }
    }
  }

  /// A block that was here is not any more: it had to leave, or its file is damaged.
  func tellGone(_ id: BlockID) async {
    guard let executor = place.executor else { return }
    await tell(.blockDropped(BlockDropped(block: id, executor: executor)))
  }

  /// Returns when the message is on its way, before the word that the try has ended. Messages that are lost with their driver
  /// are nobody's loss.
  private func tell(_ message: Message) async {
    // Tasks have threads of their own; the channel is the control loop's.
    await Task(executorPreference: node.executors.control) { [driver] in try? driver?.send(message) }.value
  }
}
