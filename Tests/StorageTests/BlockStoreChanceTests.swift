import FlintCore
import FlintStorage
import Testing

@Suite("Block store under random events")
struct BlockStoreChanceTests {
  /// An owner who does what the machine says, and keeps books of its own.
  private struct Owner {
    var machine = BlockStoreMachine(ledger: MemoryLedger(limit: ByteCount(1000), cacheShare: ByteCount(300)))
    var chance: Chance
    var sizes: [BlockID: Int64] = [:]
    /// Blocks whose putter waits for an answer.
    var unanswered: Set<BlockID> = []
    var inMemory: Set<BlockID> = []
    var onDisk: Set<BlockID> = []
    var writing: [BlockID] = []
    var reading: [BlockID] = []
    var running: [TaskAttempt] = []
    var asking: Set<TaskAttempt> = []
    var counts: [String: Int] = [:]
    private var nextTask: UInt64 = 0

    init(seed: UInt64) { chance = Chance(seed: seed) }

    mutating func step() {
      let id = Names.cached(1, UInt64(chance.below(30)))
      switch chance.below(12) {
      case 0...2 where sizes[id] == nil: put(id)
      case 3, 4: read(id)
      case 5, 6: if let id = take(\.reading) { follow(machine.endRead(id)) }
      case 7, 8: if let id = take(\.writing) { endWriting(id) }
      case 9: remove(id)
      case 10 where running.count < 4:
        nextTask += 1
        running.append(Names.task(nextTask))
        machine.taskStarted(Names.task(nextTask))
      default: ask()
      }
    }

    mutating func finish() {
      while let id = take(\.reading) { follow(machine.endRead(id)) }
      while let task = running.last { end(task) }
      for id in sizes.keys.sorted(by: { "\($0)" < "\($1)" }) { remove(id) }
      while let id = take(\.writing) { endWriting(id) }
    }

    private mutating func put(_ id: BlockID) {
      let size = Int64(1 + chance.below(400))
      let placement = BlockPlacement.allCases[chance.below(3)]
      sizes[id] = size
      unanswered.insert(id)
      follow(machine.put(id, ByteCount(size), placement))
    }

    private mutating func read(_ id: BlockID) {
      let (place, actions) = machine.beginRead(id)
      counts["\(place)", default: 0] += 1
      switch place {
      case .memory:
        #expect(inMemory.contains(id), "\(id) is said to be in memory")
        reading.append(id)
      case .disk: #expect(onDisk.contains(id), "\(id) is said to be on disk")
      case .nowhere: break
      }
      follow(actions)
      if place == .disk, chance.below(20) == 0 { follow(machine.lostOnDisk(id)) }
    }

    private mutating func remove(_ id: BlockID) {
      sizes[id] = nil
      follow(machine.remove(id))
    }

    private mutating func endWriting(_ id: BlockID) {
      if chance.below(4) == 0 {
        follow(machine.writeFailed(id))
      } else {
        onDisk.insert(id)
        follow(machine.written(id))
      }
    }

    private mutating func ask() {
      guard let task = running.isEmpty ? nil : running[chance.below(running.count)] else { return }
      guard !asking.contains(task), chance.below(5) > 0 else { return end(task) }
      asking.insert(task)
      let spillable = chance.below(2) == 0 ? ByteCount(0) : machine.ledger.held(by: task)
      follow(
        machine.request(
          MemoryRequest(task: task, number: 0, size: ByteCount(Int64(1 + chance.below(500))), spillable: spillable)))
    }

    private mutating func end(_ task: TaskAttempt) {
      running.removeAll { $0 == task }
      asking.remove(task)
      follow(machine.taskEnded(task))
    }

    private mutating func follow(_ actions: [BlockAction]) {
      for action in actions {
        switch action {
        case .stored(let id):
          #expect(unanswered.remove(id) != nil, "\(id) is stored twice or unasked")
          if !onDisk.contains(id) { inMemory.insert(id) }
        case .gone(let id):
          unanswered.remove(id)
          sizes[id] = nil
        case .writeToDisk(let id):
          #expect(inMemory.contains(id) || unanswered.contains(id), "\(id) is to be written, and nobody has it")
          #expect(!writing.contains(id))
          writing.append(id)
        case .dropFromMemory(let id):
          counts["dropped", default: 0] += 1
          #expect(!reading.contains(id), "\(id) is dropped while it is read")
          #expect(inMemory.remove(id) != nil, "\(id) is dropped, but was not there")
        case .removeFromDisk(let id): #expect(onDisk.remove(id) != nil, "\(id) has no file")
        case .answer(let answer): hear(answer)
        }
      }
    }

    private mutating func hear(_ answer: MemoryAction) {
      switch answer {
      case .grant(let request): asking.remove(request.task)
      case .spill(let request, let size):
        asking.remove(request.task)
        follow(machine.release(size, by: request.task))
      case .refuse(let request, _):
        counts["refused", default: 0] += 1
        end(request.task)
      case .evict: Issue.record("the machine evicts by itself")
      }
    }

    private mutating func take(_ list: WritableKeyPath<Owner, [BlockID]>) -> BlockID? {
      guard !self[keyPath: list].isEmpty else { return nil }
      return self[keyPath: list].remove(at: chance.below(self[keyPath: list].count))
    }
  }

  @Test("the books agree at every step, and in the end nothing is left", arguments: [1, 2, 3, 4] as [UInt64])
  func invariants(seed: UInt64) {
    var owner = Owner(seed: seed)
    for step in 0..<20_000 {
      owner.step()
      let ledger = owner.machine.ledger
      #expect(ledger.held.bytes + ledger.cached.bytes <= 1000, "step \(step)")
      let nobodyMoves = owner.writing.isEmpty && owner.reading.isEmpty
      if nobodyMoves { #expect(owner.unanswered.isEmpty, "step \(step): \(owner.unanswered) wait for nobody") }
    }
    for path in ["memory", "disk", "nowhere", "dropped", "refused"] {
      #expect(owner.counts[path, default: 0] > 20, "\(path) was hardly tried: \(owner.counts)")
    }
    owner.finish()
    #expect(owner.machine.isEmpty)
    #expect(owner.machine.ledger.cached == ByteCount(0))
    #expect(owner.machine.ledger.held == ByteCount(0))
    #expect(owner.inMemory.isEmpty && owner.onDisk.isEmpty && owner.unanswered.isEmpty)
  }
}
