public import FlintCore
internal import FlintLineage
internal import FlintShuffle
public import FlintStorage
public import FlintTasks
public import FlintWire

/// The stores of an executor: its memory, the files of its node, and what other nodes have.
///
/// Map outputs are the executor's while they are in its memory; files are the node's, whose block service has them after the
/// executor's death.
public actor NodeStores: TaskStores {
  private nonisolated let place: ExecutorPlace
  private nonisolated let context: NodeContext
  private nonisolated let disk: DiskStore
  private nonisolated let blocks: BlockStore
  private nonisolated let files: MapOutputFiles
  private nonisolated let outputs: MapOutputStore
  private nonisolated let remote: (any BlockFetching)?
  private nonisolated let broadcasts: BroadcastCache?
  private nonisolated let kept: KeptBlocks
  private nonisolated let replicas: Replicas
  /// The tries that hold memory or files.
  private var tasks: [TaskAttempt: TaskHoldings] = [:]

  /// What one try has of the stores.
  private struct TaskHoldings {
    var hasMemory = false
    var spills: SpillFiles?
  }

  /// The stores live on the control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// The stores of the executor at `place`, with `memory` for tasks and blocks, and files on `disk`. What others have comes
  /// by `remote`; without it the executor is alone. Broadcasts come from `source` first. `driver` is told of what is kept here.
  public init(
    _ place: ExecutorPlace, disk: DiskStore, memory: ByteCount, remote: (any BlockFetching)?,
    broadcasts source: BroadcastSource? = nil, driver: (any DriverChannel)? = nil, limits: Limits = Limits(),
    context: NodeContext
  ) {
    self.place = place
    self.context = context
    self.disk = disk
    self.remote = remote
    // The cache keeps half of the memory from tasks while it has a use for it.
    let ledger = MemoryLedger(limit: memory, cacheShare: ByteCount(memory.bytes / 2))
    blocks = BlockStore(disk: disk, ledger: ledger) { id in
      guard case .cached = id else { return }
      // A driver that is gone is noticed by the heartbeat.
      try? driver?.send(.blockDropped(BlockDropped(block: id, executor: place.executor)))
    }
    files = MapOutputFiles(disk)
    outputs = MapOutputStore(blocks: blocks, disk: disk, files: files)
    replicas = Replicas(
      at: place.memory, blocks: blocks, disk: disk, memory: memory, remote: remote, driver: driver, node: context,
      limits: limits)
    kept = KeptBlocks(
      place: place.memory, blocks: blocks, disk: disk, stored: StoredBlocks(blocks), remote: remote, driver: driver,
      node: context, replicas: replicas)
    broadcasts = source.map { [blocks] source in
      BroadcastCache(source, blocks: blocks, remote: remote, place: place.memory, context: context)
    }
  }

  /// Those who have what this executor serves to others.
  public nonisolated var providers: [any BlockProvider] { [outputs, StoredBlocks(blocks)] }

  /// Whether nothing is stored and no task holds anything.
  public var isEmpty: Bool {
    get async { await blocks.isEmpty && tasks.isEmpty }
  }

  /// Notes what is stored and who holds something.
  public func inspect(_ inspection: inout Inspection) async {
    (inspection.blocks, inspection.leases) = await blocks.holdings
    inspection.holders = UInt32(clamping: tasks.count)
    inspection.memoryUsed = await memoryUsed
  }

  // MARK: Memory and files of tasks

  /// Bytes of the memory budget in use.
  public var memoryUsed: UInt64 {
    get async { UInt64(clamping: await blocks.usedMemory.bytes) }
  }

  /// Asks for memory.
  public func acquireMemory(
    _ size: ByteCount, for task: TaskAttempt, spillable: ByteCount
  ) async throws -> MemoryGrant {
    guard size.bytes > 0 else { return .granted }
    if tasks[task]?.hasMemory != true {
      tasks[task, default: TaskHoldings()].hasMemory = true
      await blocks.taskStarted(task)
    }
    switch try await blocks.acquire(size, for: task, spillable: spillable) {
    case .granted: return .granted
    case .spill(let least): return .mustSpill(least)
    }
  }

  /// Gives memory back.
  public func releaseMemory(_ size: ByteCount, of task: TaskAttempt) async {
    guard size.bytes > 0 else { return }
    await blocks.release(size, by: task)
  }

  /// Lets blocks leave memory.
  public nonisolated func relieve(_ size: ByteCount) async { await blocks.relieve(size) }

  /// A new file of a task.
  public func makeSpillFile(for context: any TaskContext) async throws -> any SpillFile {
    let spills = tasks[context.attempt]?.spills ?? SpillFiles(disk, counters: context.counters)
    tasks[context.attempt, default: TaskHoldings()].spills = spills
    return try await spills.make()
  }

  /// What a task still has is free.
  public func ended(_ task: TaskAttempt) async {
    guard let holdings = tasks.removeValue(forKey: task) else { return }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.taskMemoryLeaked) { return }
    #endif
    await holdings.spills?.removeAll()
    if holdings.hasMemory { await blocks.taskEnded(task) }
  }

  // MARK: Shuffles

  /// What `outputs` hold for the partition `reduce` of a shuffle's reader.
  public nonisolated func shuffleInput(
    _ shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs entries: [MapOutputEntry],
    for task: any TaskContext
  ) async throws -> any ShuffleInput {
    let sources = ShuffleReader.Sources(
      node: place.node, executor: place.executor, local: outputs, remote: remote, context: context)
    return try ShuffleReader(
      shuffle, reduce: reduce, entries: entries, epoch: epoch, sources: sources, context: task)
  }

  /// Where a task puts its rows for `readerCount` readers.
  public nonisolated func mapOutput(
    _ shuffle: ShuffleID, readerCount: Int, for task: any TaskContext
  ) async throws -> any MapOutputWriting {
    PlacedOutput(try outputs.writer(for: shuffle, partitionCount: readerCount, context: task), at: place)
  }

  // MARK: Kept rows, results, broadcasts

  /// The rows of a partition that somebody keeps, or that is computed and kept now.
  public nonisolated func keptRows(
    _ partition: KeptPartition, for context: any TaskContext
  ) async throws -> any RowStream {
    try await kept.rows(partition, context)
  }

  /// Keeps a copy of what another executor keeps. False when it cannot.
  package nonisolated func keep(_ copy: BlockCopy) async -> Bool { await replicas.keep(copy) }

  /// Where a result goes for the driver, who fetches it when it is long.
  public nonisolated func resultOutput(for context: any TaskContext) -> any ResultWriting {
    ResultSpool(blocks, disk, context)
  }

  /// Fetches what broadcasts hold.
  public nonisolated func fill(_ broadcasts: [any PendingBroadcast]) async throws {
    guard let first = broadcasts.first else { return }
    guard let cache = self.broadcasts else { throw FlintError(.fileNotFound, "\(first.id) is not here") }
    try await cache.fill(broadcasts)
  }

  // MARK: The end

  /// Forgets blocks. All that is here of a shuffle goes with its first output: its outputs are void together.
  public nonisolated func remove(_ unwanted: [BlockID]) async {
    var shuffles: Set<ShuffleID> = []
    for block in unwanted {
      if case .shuffleData(let shuffle, _) = block {
        if shuffles.insert(shuffle).inserted { await remove(shuffle) }
      } else {
        if case .broadcast(let broadcast, _) = block { await broadcasts?.forget(broadcast) }
        await blocks.remove(block)
      }
    }
  }

  private nonisolated func remove(_ shuffle: ShuffleID) async {
    do {
      try await outputs.remove(shuffle)
    } catch {
      context.log.warning("map outputs could not be removed", ["shuffle": "\(shuffle)", "error": "\(error)"])
    }
  }

  /// Removes what only this executor can use. Its map outputs in files stay: they are the node's.
  public nonisolated func close() async {
    await blocks.remove(where: { _ in true })
    await blocks.quiesce()
    await files.close()
  }
}
