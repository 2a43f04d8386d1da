public import FlintCore

extension BlockStoreMachine {
  // MARK: Tasks

  /// A task starts; see ``MemoryLedger/taskStarted(_:)``.
  public mutating func taskStarted(_ task: TaskAttempt) { ledger.taskStarted(task) }

  /// A task has ended; see ``MemoryLedger/taskEnded(_:)``.
  public mutating func taskEnded(_ task: TaskAttempt) -> [BlockAction] {
    answers(ledger.taskEnded(task)) + admitWaiting()
  }

  /// A task asks for memory; see ``MemoryLedger/request(_:)``.
  public mutating func request(_ request: MemoryRequest) -> [BlockAction] {
    answers(ledger.request(request))
  }

  /// A task waits no longer; see ``MemoryLedger/withdraw(_:)``.
  public mutating func withdraw(_ task: TaskAttempt) -> [BlockAction] {
    answers(ledger.withdraw(task)) + admitWaiting()
  }

  /// A task gives memory back; see ``MemoryLedger/release(_:by:)``.
  public mutating func release(_ size: ByteCount, by task: TaskAttempt) -> [BlockAction] {
    answers(ledger.release(size, by: task)) + admitWaiting()
  }

  /// Whoever looks at the whole process wants `size` back from the cache, whatever its share is.
  public mutating func relieve(_ size: ByteCount) -> [BlockAction] { evict(size.bytes) }

  // MARK: Helpers

  /// Carries out what the ledger wants of the cache, and passes on what it says to tasks.
  mutating func answers(_ actions: [MemoryAction]) -> [BlockAction] {
    var all: [BlockAction] = []
    for action in actions {
      switch action {
      case .evict(let size): all += evict(size.bytes)
      case .grant, .spill, .refuse: all.append(.answer(action))
      }
    }
    return all
  }

  /// Takes in the blocks that wait, as far as there is room, and begins to make room for the first that does not fit.
  mutating func admitWaiting() -> [BlockAction] {
    var actions: [BlockAction] = []
    while let id = waitingPuts.first, let entry = entries[id] {
      switch ledger.cacheRequest(ByteCount(entry.size)) {
      case .granted:
        waitingPuts.removeFirst()
        entries[id]?.memory = .present
        entries[id]?.isStored = true
        actions.append(.stored(id))
      case .evict(let size):
        let before = ledger.cached
        actions += evict(size.bytes - leavingBytes)
        // Nothing has left yet: the end of a writing comes back here.
        if ledger.cached == before { return actions }
      case .refused:
        // Others that are leaving may make the room that tasks or readers hold now.
        if leavingBytes > 0 { return actions }
        waitingPuts.removeFirst()
        actions += refuse(id, entry.placement)
      }
    }
    return actions
  }

  private mutating func refuse(_ id: BlockID, _ placement: BlockPlacement) -> [BlockAction] {
    guard placement == .memoryAndDisk else {
      entries[id] = nil
      return [.gone(id)]
    }
    entries[id]?.disk = .writing
    return [.writeToDisk(id)]
  }

  private var leavingBytes: Int64 { entries.values.reduce(0) { $0 + ($1.memory == .leaving ? $1.size : 0) } }

  /// Lets blocks go, those first that were not used for longest, until `bytes` are free or on their way.
  private mutating func evict(_ bytes: Int64) -> [BlockAction] {
    var actions: [BlockAction] = []
    var left = bytes
    let candidates = entries.filter { $0.value.isEvictable }.sorted { $0.value.lastUse < $1.value.lastUse }
    for (id, _) in candidates {
      guard left > 0 else { break }
      // Letting one go may have led to letting others go.
      guard let entry = entries[id], entry.isEvictable else { continue }
      left -= entry.size
      if entry.placement == .memoryAndDisk, entry.disk == .absent {
        entries[id]?.memory = .leaving
        entries[id]?.disk = .writing
        actions.append(.writeToDisk(id))
        continue
      }
      actions.append(.dropFromMemory(id))
      if entry.disk == .present {
        entries[id]?.memory = .absent
      } else {
        entries[id] = nil
        actions.append(.gone(id))
      }
      actions += answers(ledger.cacheReleased(ByteCount(entry.size)))
    }
    return actions
  }
}
