public import FlintCore
internal import FlintLineage
internal import FlintShuffle
public import FlintStorage
public import FlintTasks
public import FlintWire

/// The stores of an executor on a node with files: memory with a bound, blocks in it and on disk, shuffles.
///
/// It lives on the control loop.
public actor NodeStores: TaskStores {
  /// Where what an executor writes can be had.
  public struct Places: Hashable, Sendable {
    /// What is in its memory.
    public let inMemory: BlockPlace
    /// What is in its node's files.
    public let inFile: BlockPlace

    /// Blocks in memory are at `inMemory`, those in files at `inFile`.
    public init(inMemory: BlockPlace, inFile: BlockPlace) {
      (self.inMemory, self.inFile) = (inMemory, inFile)
    }
  }

  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private nonisolated let places: Places
  private nonisolated let disk: DiskStore
  private nonisolated let blocks: BlockStore
  private nonisolated let outputs: MapOutputStore
  private nonisolated let files: MapOutputFiles
  private nonisolated let remote: (any BlockFetching)?
  private nonisolated let keptBlocks: KeptBlocks
  private nonisolated let values: BroadcastFetcher
  /// Tasks that have asked for memory; the others need not be known to those who share it.
  private var holders: Set<TaskAttempt> = []
  private var spills: [TaskAttempt: SpillFiles] = [:]

  /// - Parameters:
  ///   - disk: the node's files of the application.
  ///   - memory: the budget of the executor; at least half of it stays for the cache.
  ///   - remote: who fetches from other nodes; nil where there are none.
  ///   - broadcasts: who has what the driver has broadcast.
  public init(
    context: NodeContext, driver: any DriverChannel, places: Places, disk: DiskStore, memory: ByteCount,
    remote: (any BlockFetching)?,
    broadcasts: @escaping BroadcastFetcher.Fetch = { id in throw FlintError(.fileNotFound, "\(id) is not here") }
  ) {
    self.context = context
    self.places = places
    self.disk = disk
    self.remote = remote
    let ledger = MemoryLedger(limit: memory, cacheShare: ByteCount(memory.bytes / 2))
    blocks = BlockStore(disk: disk, ledger: ledger) { id in
      guard case .cached = id, let executor = places.inMemory.executor else { return }
      // A driver that is gone is noticed by the heartbeat.
      try? driver.send(.blockDropped(BlockDropped(block: id, executor: executor)))
    }
    files = MapOutputFiles(disk)
    outputs = MapOutputStore(blocks: blocks, disk: disk, files: files)
    keptBlocks = KeptBlocks(
      place: places.inMemory, blocks: blocks, disk: disk, stored: StoredBlocks(blocks), remote: remote, driver: driver)
    values = BroadcastFetcher(context: context, fetch: broadcasts)
  }

  /// Who has what can be fetched from this executor, to be asked in this order.
  public nonisolated var providers: [any BlockProvider] { [outputs, StoredBlocks(blocks)] }

  /// Whether nothing is stored and no task holds anything.
  public var isEmpty: Bool {
    get async { await blocks.isEmpty && holders.isEmpty && spills.isEmpty }
  }

  // MARK: Memory and files of tasks

  public var memoryUsed: UInt64 {
    get async { UInt64(clamping: await blocks.usedMemory.bytes) }
  }

  public func acquireMemory(
    _ size: ByteCount, for task: TaskAttempt, spillable: ByteCount
  ) async throws -> MemoryGrant {
    if holders.insert(task).inserted { await blocks.taskStarted(task) }
    switch try await blocks.acquire(size, for: task, spillable: spillable) {
    case .granted: return .granted
    case .spill(let size): return .mustSpill(size)
    }
  }

  public func releaseMemory(_ size: ByteCount, of task: TaskAttempt) async {
    await blocks.release(size, by: task)
  }

  public func makeSpillFile(for context: any TaskContext) async throws -> any SpillFile {
    let files = spills[context.attempt] ?? SpillFiles(disk, counters: context.counters)
    spills[context.attempt] = files
    return try await files.make()
  }

  public func ended(_ task: TaskAttempt) async {
    if holders.remove(task) != nil { await blocks.taskEnded(task) }
    await spills.removeValue(forKey: task)?.removeAll()
  }

  // MARK: Shuffles

  public func shuffleInput(
    _ shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs: [MapOutputEntry],
    for context: any TaskContext
  ) async throws -> any ShuffleInput {
    guard let executor = places.inMemory.executor else { preconditionFailure("an executor's memory is nobody's") }
    let sources = ShuffleReader.Sources(
      node: places.inFile.node, executor: executor, local: self.outputs, remote: remote, context: self.context)
    return try ShuffleReader(
      shuffle, reduce: reduce, entries: outputs, epoch: epoch, sources: sources, context: context)
  }

  public func mapOutput(
    _ shuffle: ShuffleID, readerCount: Int, for context: any TaskContext
  ) async throws -> any MapOutputWriting {
    StoredOutput(try outputs.writer(for: shuffle, partitionCount: readerCount, context: context), places)
  }

  // MARK: Blocks

  public nonisolated func keptRows(_ kept: KeptPartition, for context: any TaskContext) async throws -> any RowStream {
    try await keptBlocks.rows(kept, context)
  }

  public func keepResult(_ bytes: [UInt8], of task: TaskAttempt) async throws {
    guard await blocks.put(.taskResult(task), .bytes(bytes), .memoryAndDisk) else {
      throw FlintError(.memoryBudgetExceeded, "there is no room for the \(bytes.count) bytes of the result of \(task)")
    }
  }

  public nonisolated func fill(_ broadcasts: [any PendingBroadcast]) async throws {
    try await values.fill(broadcasts)
  }

  public func remove(_ blocks: [BlockID]) async {
    for block in blocks {
      switch block {
      case .shuffleData(let shuffle, _), .shuffleIndex(let shuffle, _), .shuffleSegment(let shuffle, _, _):
        do {
          try await outputs.remove(shuffle)
        } catch {
          context.log.warning("the outputs of \(shuffle) cannot be removed", ["error": "\(error)"])
        }
      case .broadcast(let broadcast, _): await values.forget(broadcast)
      case .cached, .taskResult: await self.blocks.remove(block)
      }
    }
  }

  public func close() async {
    await blocks.remove { _ in true }
    await blocks.quiesce()
    await files.close()
  }
}
