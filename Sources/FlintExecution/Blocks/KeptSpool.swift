internal import FlintCore
internal import FlintLineage
internal import FlintStorage
internal import FlintTasks

/// Collects the rows of a partition that is to be kept, while the task that computes them goes on with them: in memory as
/// far as the executor has some, else in the partition's file, else not at all.
///
/// The block is batch after batch, each behind its length in eight bytes.
final class KeptSpool {
  private enum State {
    case memory([[UInt8]])
    case file(DiskBlockWriter)
    case givenUp
  }

  private let id: BlockID
  private let level: StorageLevel
  private let disk: DiskStore
  private let context: any TaskContext
  private var state: State
  private var held: Int64 = 0
  private(set) var byteCount: Int64 = 0

  init(_ id: BlockID, _ level: StorageLevel, _ disk: DiskStore, _ context: any TaskContext) {
    (self.id, self.level, self.disk, self.context) = (id, level, disk, context)
    state = .memory([])
  }

  /// Adds a batch.
  func append(_ batch: [UInt8]) async throws {
    if case .givenUp = state { return }
    let framed = withUnsafeBytes(of: UInt64(batch.count).littleEndian) { Array($0) } + batch
    byteCount += Int64(framed.count)
    switch state {
    case .givenUp: break
    case .file(let writer): try await onDisk { try await writer.append(framed) }
    case .memory(let batches):
      state = .memory(batches + [framed])
      if !level.usesMemory { return try await moveToDisk() }
      if byteCount > held { try await acquire() }
    }
  }

  /// Ends it, and puts the block into `blocks`. Returns its length; nil when it is not kept.
  func finish(in blocks: BlockStore) async throws -> Int64? {
    if !level.usesMemory { try await moveToDisk() }
    switch state {
    case .givenUp: return nil
    case .memory(let batches):
      state = .givenUp
      await release()
      let placement: BlockPlacement = level.usesDisk ? .memoryAndDisk : .memory
      let isKept = await blocks.put(id, .bytes(Array(batches.joined())), placement)
      return isKept ? byteCount : nil
    case .file(let writer):
      state = .givenUp
      do {
        try await writer.finish()
      } catch {
        noteFailure(error)
        return nil
      }
      return await blocks.adopt(id, ByteCount(byteCount)) ? byteCount : nil
    }
  }

  /// Gives up: nothing is kept.
  func abandon() async {
    if case .file(let writer) = state { await writer.abandon() }
    state = .givenUp
    await release()
  }

  // MARK: Helpers

  private func acquire() async throws {
    // Twice as much each time, so that few ask often.
    let wish = max(held, byteCount - held)
    do {
      if try await context.acquireMemory(ByteCount(wish), spillable: ByteCount(level.usesDisk ? held : 0)) == .granted {
        held += wish
        return
      }
    } catch let error as FlintError where error.code == .memoryBudgetExceeded {}
    if level.usesDisk { try await moveToDisk() } else { await abandon() }
  }

  private func moveToDisk() async throws {
    guard case .memory(let batches) = state else { return }
    try await onDisk {
      let writer = try await disk.writer(for: id)
      state = .file(writer)
      for batch in batches { try await writer.append(batch) }
    }
    await release()
  }

  /// A disk that fails keeps nothing; the task goes on with its rows.
  private func onDisk(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      noteFailure(error)
      await abandon()
    }
  }

  private func noteFailure(_ error: any Error) {
    context.log.warning("a partition could not be kept on disk", ["block": "\(id)", "error": "\(error)"])
  }

  private func release() async {
    let memory = held
    held = 0
    if memory > 0 { await context.releaseMemory(ByteCount(memory)) }
  }
}
