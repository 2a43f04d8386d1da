public import FlintCore

/// Writes one block piece by piece. Until ``finish()`` has returned there is no such block; a writer that is let go, or
/// whose process dies, leaves a file that ``DiskStore/removeUnfinished()`` removes.
public actor DiskBlockWriter {
  private enum State {
    case open, ended
    case failed(any Error)
  }

  /// The block that is written.
  public nonisolated let id: BlockID
  private nonisolated let store: DiskStore
  private let file: any OpenFile
  private let durability: BlockDurability
  private var checksums = ChunkChecksums()
  private var state = State.open

  /// Writers live on the node's control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { store.context.controlExecutor }

  init(_ id: BlockID, in store: DiskStore, file: any OpenFile, durability: BlockDurability) {
    self.id = id
    self.store = store
    self.file = file
    self.durability = durability
  }

  /// Adds `bytes` at the end. After an error the block cannot be finished: call ``abandon()``.
  public func append(_ bytes: [UInt8]) async throws {
    try requireOpen()
    // Place and checksum before the wait, so that the next call cannot come between.
    let offset = Int64(BlockHeader.size) + checksums.length
    checksums.update(bytes)
    do {
      try await file.write(bytes, at: offset)
    } catch {
      state = .failed(error)
      throw error
    }
  }

  /// Ends the block and gives it its name. After an error it is what it was before or the new one, and never a part; the
  /// writer has cleaned up.
  public func finish() async throws {
    do {
      try requireOpen()
      state = .ended
      try await finishFile()
      try await file.close()
      try await store.context.files.rename(file.path, to: store.path(of: id))
    } catch {
      await discard()
      throw error
    }
    if durability == .machine { try await store.synchronizeNames() }
  }

  /// Gives up. Does nothing after ``finish()``.
  public func abandon() async {
    if case .ended = state { return }
    state = .ended
    await discard()
  }

  private func requireOpen() throws {
    switch state {
    case .open: return
    case .failed(let error): throw error
    case .ended: preconditionFailure("\(id) is used after its end")
    }
  }

  private func finishFile() async throws {
    let table = checksums.table
    let header = BlockHeader(
      application: store.application, id: id, length: checksums.length, tableChecksum: CRC32C.checksum(table))
    if !table.isEmpty { try await file.write(table, at: header.tableOffset) }
    try await file.write(header.bytes, at: 0)
    if durability == .machine { try await file.synchronize() }
  }

  private func discard() async {
    state = .ended
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.unfinishedFileLeft) { return }
    #endif
    let (file, files) = (file, store.context.files)
    // In a task of its own: a cancelled one may not even remove a file.
    await Task {
      try? await file.close()
      try? await files.remove(file.path)
    }.value
  }
}
