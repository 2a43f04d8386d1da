internal import FlintCore
internal import FlintLineage
internal import FlintStorage
internal import FlintTasks

/// Collects a block that a task makes piece by piece, such as the rows of a partition that is to be kept: in memory as far as
/// the executor has some, else in the block's file, else not at all.
final class KeptSpool {
  private enum Place {
    case memory
    case file(DiskBlockWriter)
    case nowhere
  }

  private let id: BlockID
  private let level: StorageLevel
  private let disk: DiskStore
  private let context: any TaskContext
  private var place = Place.memory
  private var rows: [any KeptBatch] = []
  private var pieces: [[UInt8]] = []
  /// What rows and pieces in memory take, and what of that was asked for.
  private var used: Int64 = 0
  private var held: Int64 = 0
  /// Bytes of a block of bytes, wherever they are.
  private(set) var byteCount: Int64 = 0
  /// Why it is kept nowhere.
  private(set) var failure: (any Error)?

  init(_ id: BlockID, _ level: StorageLevel, _ disk: DiskStore, _ context: any TaskContext) {
    (self.id, self.level, self.disk, self.context) = (id, level, disk, context)
  }

  /// Adds a batch of rows, which stay as they are where the level says so.
  func append(_ batch: AnyRowBatch, _ codec: any BatchCodec) async throws {
    if case .nowhere = place { return }
    if case .memory = place, level.usesMemory, !level.isSerialized, let kept = try codec.keep(batch) {
      rows.append(kept)
      return try await count(kept.byteCount)
    }
    try await append(KeptContent.framed(try codec.encode(batch)))
  }

  /// Adds bytes.
  func append(_ piece: [UInt8]) async throws {
    byteCount += Int64(piece.count)
    switch place {
    case .nowhere: break
    case .file(let writer): try await onDisk { try await writer.append(piece) }
    case .memory:
      pieces.append(piece)
      if !level.usesMemory { return try await moveToDisk() }
      try await count(piece.count)
    }
  }

  /// Ends it, and puts the block into `blocks`. Returns how many bytes it takes there; nil when it is not kept.
  func finish(in blocks: BlockStore) async throws -> Int64? {
    if !level.usesMemory { try await moveToDisk() }
    switch place {
    case .nowhere: return nil
    case .memory:
      let content = KeptContent(rows.isEmpty ? .bytes(pieces) : .rows(rows))
      let size = used
      forget()
      await release()
      let placement: BlockPlacement = level.usesDisk ? .memoryAndDisk : .memory
      return await blocks.put(id, .values(content, size: ByteCount(size)), placement) ? size : nil
    case .file(let writer):
      place = .nowhere
      do {
        try await writer.finish()
      } catch {
        note(error)
        return nil
      }
      return await blocks.adopt(id, ByteCount(byteCount)) ? byteCount : nil
    }
  }

  /// Gives up: nothing is kept.
  func abandon() async {
    if case .file(let writer) = place { await writer.abandon() }
    forget()
    await release()
  }

  /// Whether nothing is kept.
  var isGivenUp: Bool {
    if case .nowhere = place { true } else { false }
  }

  // MARK: Helpers

  private func forget() {
    place = .nowhere
    rows = []
    pieces = []
    used = 0
  }

  private func count(_ size: Int) async throws {
    used += Int64(size)
    guard used > held else { return }
    // Twice as much each time, so that few ask often.
    let wish = max(held, used - held)
    do {
      if try await context.acquireMemory(ByteCount(wish), spillable: ByteCount(level.usesDisk ? held : 0)) == .granted {
        held += wish
        return
      }
    } catch let error as FlintError where error.code == .memoryBudgetExceeded {
      failure = error
    }
    if level.usesDisk { try await moveToDisk() } else { await abandon() }
  }

  private func moveToDisk() async throws {
    guard case .memory = place else { return }
    try await onDisk {
      let writer = try await disk.writer(for: id)
      place = .file(writer)
      for batch in rows {
        let piece = KeptContent.framed(try batch.encoded())
        byteCount += Int64(piece.count)
        try await writer.append(piece)
      }
      for piece in pieces { try await writer.append(piece) }
      (rows, pieces, used) = ([], [], 0)
    }
    await release()
  }

  /// A disk that fails keeps nothing; a task that only keeps its rows goes on with them.
  private func onDisk(_ work: () async throws -> Void) async throws {
    do {
      try await work()
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      note(error)
      await abandon()
    }
  }

  private func note(_ error: any Error) {
    failure = error
    context.log.warning("a block could not be kept on disk", ["block": "\(id)", "error": "\(error)"])
  }

  private func release() async {
    let memory = held
    held = 0
    if memory > 0 { await context.releaseMemory(ByteCount(memory)) }
  }
}
