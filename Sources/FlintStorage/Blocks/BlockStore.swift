public import FlintCore

/// The blocks of one executor in memory and on disk, and the memory that they share with its tasks.
///
/// It carries out what ``BlockStoreMachine`` decides: it holds the contents, writes and removes files, and wakes who
/// waits. Blocks that leave memory are encoded on the task threads. Not its job: blocks of other executors, replicas, and
/// what the driver knows.
public actor BlockStore {
  private let disk: DiskStore
  private let onGone: @Sendable (BlockID) -> Void
  private var machine: BlockStoreMachine
  /// What is in memory.
  private var contents: [BlockID: BlockContent] = [:]
  /// What somebody wants to keep and still waits for its place.
  private var incoming: [BlockID: (content: BlockContent, putter: CheckedContinuation<Bool, Never>)] = [:]
  private var requests: [TaskAttempt: (number: UInt64, asker: CheckedContinuation<MemoryAnswer, any Error>)] = [:]
  private var lastRequest: UInt64 = 0
  /// The newest work on each block's file; each waits for the one before.
  private var fileWork: [BlockID: (number: UInt64, task: Task<Void, Never>)] = [:]
  private var lastWork: UInt64 = 0

  /// The store lives on the node's control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { disk.context.controlExecutor }

  /// No blocks, over `disk`, with the memory of `ledger`. `onGone` is told of each block that was kept and had to leave, or
  /// whose file turned out to be lost.
  public init(disk: DiskStore, ledger: MemoryLedger, onGone: @escaping @Sendable (BlockID) -> Void = { _ in }) {
    self.disk = disk
    self.onGone = onGone
    machine = BlockStoreMachine(ledger: ledger)
  }

  // MARK: Blocks

  /// Keeps a block where `placement` allows and there is room. Returns false when it is not kept: there is no room, its
  /// file cannot be written, or there is a block of that identity already, be it one that is only being removed.
  public func put(_ id: BlockID, _ content: BlockContent, _ placement: BlockPlacement) async -> Bool {
    await withCheckedContinuation { putter in
      // Not before the wait, which lets others in.
      guard !machine.knows(id) else { return putter.resume(returning: false) }
      incoming[id] = (content, putter)
      perform(machine.put(id, content.size, placement))
    }
  }

  /// Keeps a block whose file somebody has written. Returns false when there is one of that identity.
  public func adopt(_ id: BlockID, _ size: ByteCount) -> Bool { machine.adopt(id, size) }

  /// Calls `body` with a block, which stays where it is until `body` has returned; nil when there is none.
  ///
  /// A block whose file is gone or damaged is forgotten: nil when that shows before `body` is called, its `corrupt-data`
  /// when `body` meets it. Other errors of the disk are thrown, and leave the block as it is.
  public func withBlock<Value: Sendable>(
    _ id: BlockID, _ body: @Sendable (BlockSource) async throws -> Value
  ) async throws -> Value? {
    let (place, actions) = machine.beginRead(id)
    perform(actions)
    switch place {
    case .nowhere: return nil
    case .memory:
      guard let content = contents[id] else { preconditionFailure("\(id) is said to be in memory") }
      defer { perform(machine.endRead(id)) }
      return try await body(.memory(content))
    case .disk:
      guard let block = try await open(id) else { return nil }
      do {
        let value = try await body(.file(block))
        try? await block.close()
        return value
      } catch {
        try? await block.close()
        if (error as? FlintError)?.code == .corruptData { perform(machine.lostOnDisk(id)) }
        throw error
      }
    }
  }

  /// Whether a block's content is in memory now.
  public func holdsInMemory(_ id: BlockID) -> Bool { machine.holdsInMemory(id) }

  /// What a block holds in memory, which stays there until the lease is let go; nil when it is not in memory.
  public func lease(_ id: BlockID) -> BlockLease? {
    guard machine.holdsInMemory(id) else { return nil }
    let (place, actions) = machine.beginRead(id)
    perform(actions)
    guard place == .memory, let content = contents[id] else { return nil }
    return BlockLease(content) { [disk] in
      Task(executorPreference: disk.context.executors.control) { await self.endLease(id) }
    }
  }

  private func endLease(_ id: BlockID) { perform(machine.endRead(id)) }

  /// Forgets a block. Who reads it reads it to the end.
  public func remove(_ id: BlockID) {
    perform(machine.remove(id))
  }

  /// Forgets all blocks that `condition` picks.
  public func remove(where condition: @Sendable (BlockID) -> Bool) {
    for id in machine.blocks where condition(id) { remove(id) }
  }

  /// Returns once nothing is being written or removed.
  public func quiesce() async {
    while let work = fileWork.values.first?.task { await work.value }
  }

  /// Whether no block is stored or on its way, and no memory in use.
  public var isEmpty: Bool {
    machine.isEmpty && contents.isEmpty && fileWork.isEmpty
      && machine.ledger.held.bytes + machine.ledger.cached.bytes == 0
  }

  /// The blocks that are stored or on their way, by their names, and how many are being read.
  public var holdings: (blocks: [BlockID], readers: UInt32) {
    (machine.blocks.sorted { $0.description < $1.description }, machine.readerCount)
  }

  /// What blocks and tasks use of the memory now.
  public var usedMemory: ByteCount { ByteCount(machine.ledger.held.bytes + machine.ledger.cached.bytes) }

  /// How many tasks wait for memory now.
  public var waitingCount: Int { requests.count }

  // MARK: Memory of tasks

  /// A task starts, and may ask for memory from now on.
  public func taskStarted(_ task: TaskAttempt) {
    machine.taskStarted(task)
  }

  /// A task has ended. Its memory is free; where it still waits, it gets a `CancellationError`.
  public func taskEnded(_ task: TaskAttempt) {
    requests.removeValue(forKey: task)?.asker.resume(throwing: CancellationError())
    perform(machine.taskEnded(task))
  }

  /// A task asks for `size` more, and could give back `spillable` of what it holds. Waits for others where it may.
  ///
  /// Throws `memory-budget-exceeded` when there is no memory and nothing to spill.
  public func acquire(
    _ size: ByteCount, for task: TaskAttempt, spillable: ByteCount = ByteCount(0)
  ) async throws -> MemoryAnswer {
    lastRequest += 1
    let number = lastRequest
    let request = MemoryRequest(task: task, number: number, size: size, spillable: spillable)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { asker in
        guard !Task.isCancelled else { return asker.resume(throwing: CancellationError()) }
        requests[task] = (number, asker)
        perform(machine.request(request))
      }
    } onCancel: {
      Task { await self.withdraw(task, number) }
    }
  }

  /// Lets blocks leave memory that nobody reads, about so much.
  public func relieve(_ size: ByteCount) { perform(machine.relieve(size)) }

  /// A task gives memory back.
  public func release(_ size: ByteCount, by task: TaskAttempt) {
    perform(machine.release(size, by: task))
  }

  private func withdraw(_ task: TaskAttempt, _ number: UInt64) {
    guard let request = requests[task], request.number == number else { return }
    requests[task] = nil
    request.asker.resume(throwing: CancellationError())
    perform(machine.withdraw(task))
  }

  // MARK: Actions

  private func perform(_ actions: [BlockAction]) {
    for action in actions {
      switch action {
      case .stored(let id):
        guard let (content, putter) = incoming.removeValue(forKey: id) else { preconditionFailure("nobody put \(id)") }
        if machine.holdsInMemory(id) { contents[id] = content }
        putter.resume(returning: true)
      case .gone(let id):
        if let (_, putter) = incoming.removeValue(forKey: id) { putter.resume(returning: false) } else { onGone(id) }
      case .writeToDisk(let id): write(id)
      case .dropFromMemory(let id): contents[id] = nil
      case .removeFromDisk(let id): onFile(id) { [disk] in _ = try? await disk.remove(id) }
      case .answer(let answer): reply(answer)
      }
    }
  }

  private func reply(_ answer: MemoryAction) {
    switch answer {
    case .grant(let request): requests.removeValue(forKey: request.task)?.asker.resume(returning: .granted)
    case .spill(let request, let size):
      requests.removeValue(forKey: request.task)?.asker.resume(returning: .spill(size))
    case .refuse(let request, let refusal):
      requests.removeValue(forKey: request.task)?.asker.resume(throwing: refusal.error(request))
    case .evict: preconditionFailure("blocks are chosen by the machine")
    }
  }

  private func write(_ id: BlockID) {
    guard let content = contents[id] ?? incoming[id]?.content else { preconditionFailure("nobody has \(id)") }
    onFile(id) { [disk] in
      let isWritten: Bool
      do {
        try await disk.write(id, content)
        isWritten = true
      } catch {
        disk.context.log.warning("a block could not be written to disk", ["block": "\(id)", "error": "\(error)"])
        isWritten = false
      }
      await self.endWriting(id, isWritten)
    }
  }

  private func endWriting(_ id: BlockID, _ isWritten: Bool) {
    perform(isWritten ? machine.written(id) : machine.writeFailed(id))
  }

  /// Does `work` after all earlier work on the same file: a removal must not meet the next block of that name.
  private func onFile(_ id: BlockID, _ work: @escaping @Sendable () async -> Void) {
    lastWork += 1
    let (number, earlier) = (lastWork, fileWork[id]?.task)
    let task = Task {
      await earlier?.value
      await work()
      if fileWork[id]?.number == number { fileWork[id] = nil }
    }
    fileWork[id] = (number, task)
  }

  /// Opens a block's file; nil when there is no sound one.
  private func open(_ id: BlockID) async throws -> DiskBlock? {
    do {
      return try await disk.open(id)
    } catch let error as FlintError where error.code == .corruptData || error.code == .fileNotFound {
      perform(machine.lostOnDisk(id))
      return nil
    }
  }
}
