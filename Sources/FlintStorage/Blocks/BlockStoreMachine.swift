public import FlintCore

/// Decides which blocks of an executor stay in memory, go to disk or go away, together with the ``MemoryLedger`` that
/// shares the memory with tasks.
///
/// Blocks leave memory in the order in which they were used last, and never while somebody reads them. One that may be on
/// disk leaves memory only when it is written, unless the writing fails. A block that is removed while it is read goes
/// when the last reader has ended, and no new reader finds it.
///
/// It is owned by the executor's block manager, which holds the contents, carries the actions out in their order, and
/// reports what became of each. Not its job: replicas, and what the driver knows of blocks.
public struct BlockStoreMachine: Sendable {
  /// The books of the memory.
  public internal(set) var ledger: MemoryLedger
  var entries: [BlockID: BlockEntry] = [:]
  /// Blocks that wait for others to leave, oldest first.
  var waitingPuts: [BlockID] = []
  private var uses: UInt64 = 0
  /// Bytes of blocks in memory that somebody reads.
  private var readBytes: Int64 = 0

  /// No blocks, and the memory of `ledger`.
  public init(ledger: MemoryLedger) {
    self.ledger = ledger
  }

  /// Whether nothing is stored, read or on its way.
  public var isEmpty: Bool { entries.isEmpty }

  /// Whether the block is stored, on its way in, or on its way out.
  public func knows(_ id: BlockID) -> Bool { entries[id] != nil }

  /// All blocks that it knows, in no order.
  var blocks: [BlockID] { Array(entries.keys) }

  /// How many readers blocks in memory have.
  var readerCount: UInt32 { UInt32(clamping: entries.values.reduce(0) { $0 + $1.readers }) }

  /// Whether the block's content is in memory.
  func holdsInMemory(_ id: BlockID) -> Bool { entries[id].map { $0.memory != .absent } ?? false }

  // MARK: Blocks

  /// A block of `size` bytes is there, and wants to be kept. Answered by ``BlockAction/stored(_:)`` or
  /// ``BlockAction/gone(_:)``, at once or later; its content stays with whoever put it until then. One that is there
  /// already is a precondition failure, except while it is being removed: then the new one is gone.
  public mutating func put(_ id: BlockID, _ size: ByteCount, _ placement: BlockPlacement) -> [BlockAction] {
    if let entry = entries[id] {
      precondition(entry.isRemoved, "\(id) is put twice")
      return [.gone(id)]
    }
    entries[id] = BlockEntry(
      size: size.bytes, placement: placement, memory: .absent, disk: .absent, lastUse: nextUse())
    if placement == .disk { return write(id) }
    waitingPuts.append(id)
    return admitWaiting()
  }

  /// A block of `size` bytes was written to its file by somebody else, and is kept there from now on. False when there is a
  /// block of that identity.
  public mutating func adopt(_ id: BlockID, _ size: ByteCount) -> Bool {
    guard entries[id] == nil else { return false }
    var entry = BlockEntry(size: size.bytes, placement: .disk, memory: .absent, disk: .present, lastUse: nextUse())
    entry.isStored = true
    entries[id] = entry
    return true
  }

  /// Somebody wants to read a block. When it is in memory it stays there until ``endRead(_:)``.
  public mutating func beginRead(_ id: BlockID) -> (place: BlockResidence, actions: [BlockAction]) {
    guard let entry = entries[id], entry.isStored, !entry.isRemoved else { return (.nowhere, []) }
    let use = nextUse()
    entries[id]?.lastUse = use
    guard entry.memory != .absent else { return (.disk, []) }
    entries[id]?.readers = entry.readers + 1
    guard entry.readers == 0 else { return (.memory, []) }
    readBytes += entry.size
    return (.memory, answers(ledger.cachePinned(ByteCount(readBytes))))
  }

  /// A reader of a block in memory has ended.
  public mutating func endRead(_ id: BlockID) -> [BlockAction] {
    guard let entry = entries[id], entry.readers > 0 else { preconditionFailure("nobody reads \(id)") }
    entries[id]?.readers = entry.readers - 1
    guard entry.readers == 1 else { return [] }
    readBytes -= entry.size
    let actions = answers(ledger.cachePinned(ByteCount(readBytes)))
    return actions + settle(id) + admitWaiting()
  }

  /// A block is not needed any more. One that is not there needs nothing.
  public mutating func remove(_ id: BlockID) -> [BlockAction] {
    guard let entry = entries[id], !entry.isRemoved else { return [] }
    entries[id]?.isRemoved = true
    var actions: [BlockAction] = []
    if let index = waitingPuts.firstIndex(of: id) { waitingPuts.remove(at: index) }
    if !entry.isStored { actions.append(.gone(id)) }
    return actions + settle(id) + admitWaiting()
  }

  // MARK: Disk

  /// The block's file is written.
  public mutating func written(_ id: BlockID) -> [BlockAction] {
    endWriting(id, .present)
  }

  /// The block's file could not be written, and nothing of it is left.
  public mutating func writeFailed(_ id: BlockID) -> [BlockAction] {
    endWriting(id, .absent)
  }

  /// The block's file is not there or damaged: a reader found out.
  public mutating func lostOnDisk(_ id: BlockID) -> [BlockAction] {
    guard let entry = entries[id], entry.disk == .present, !entry.isRemoved else { return [] }
    guard entry.memory == .absent else {
      entries[id]?.disk = .absent
      return [.removeFromDisk(id)]
    }
    return remove(id) + [.gone(id)]
  }

  // MARK: Helpers

  mutating func nextUse() -> UInt64 {
    uses += 1
    return uses
  }

  private mutating func write(_ id: BlockID) -> [BlockAction] {
    entries[id]?.disk = .writing
    return [.writeToDisk(id)]
  }

  private mutating func endWriting(_ id: BlockID, _ disk: BlockEntry.Disk) -> [BlockAction] {
    guard var entry = entries[id], entry.disk == .writing else { preconditionFailure("\(id) is not being written") }
    entry.disk = disk
    var actions: [BlockAction] = []
    if entry.memory == .leaving {
      entry.memory = .present
      entries[id] = entry
      // Who reads it now keeps it; then others have to leave instead.
      actions += entry.readers > 0 ? answers(ledger.cacheKept(ByteCount(entry.size))) : drop(id)
      if disk == .absent, entry.readers == 0 { actions += forget(id) }
    } else if !entry.isStored, !entry.isRemoved {
      entry.isStored = disk == .present
      entries[id] = entry
      actions += disk == .present ? [.stored(id)] : forget(id)
    } else {
      entries[id] = entry
    }
    return actions + settle(id) + admitWaiting()
  }

  /// Lets go of the content in memory.
  private mutating func drop(_ id: BlockID) -> [BlockAction] {
    guard let entry = entries[id] else { return [] }
    entries[id]?.memory = .absent
    return [.dropFromMemory(id)] + answers(ledger.cacheReleased(ByteCount(entry.size)))
  }

  private mutating func forget(_ id: BlockID) -> [BlockAction] {
    let wasRemoved = entries.removeValue(forKey: id)?.isRemoved ?? true
    return wasRemoved ? [] : [.gone(id)]
  }

  /// Takes a removed block away once nobody uses it.
  private mutating func settle(_ id: BlockID) -> [BlockAction] {
    guard let entry = entries[id], entry.isRemoved, entry.readers == 0, entry.disk != .writing else { return [] }
    var actions = entry.memory == .absent ? [] : drop(id)
    if entry.disk == .present { actions.append(.removeFromDisk(id)) }
    entries[id] = nil
    return actions
  }
}
