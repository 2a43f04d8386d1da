import FlintCore
import FlintStorage
import Testing

@Suite("Memory ledger under random events")
struct MemoryLedgerChanceTests {
  /// A cache and tasks that do what the ledger says, in an order that chance decides.
  private struct World {
    var ledger = MemoryLedger(limit: ByteCount(1000), cacheShare: ByteCount(300))
    var generator: Chance
    var running: [TaskAttempt] = []
    var asking: Set<TaskAttempt> = []
    var toEvict: Int64 = 0
    var pinned: Int64 = 0
    var counts: [String: Int] = [:]
    private var nextTask: UInt64 = 0

    init(seed: UInt64) { generator = Chance(seed: seed) }

    mutating func step() {
      switch generator.below(9) {
      case 0 where running.count < 6:
        nextTask += 1
        running.append(Names.task(nextTask))
        ledger.taskStarted(Names.task(nextTask))
      case 1: if let task = pick(running) { end(task) }
      case 2...4: if let task = pick(running.filter { !asking.contains($0) }) { ask(task) }
      case 5:
        guard let task = pick(running.filter { !asking.contains($0) }), ledger.held(by: task).bytes > 0 else { return }
        let size = 1 + Int64(generator.below(Int(ledger.held(by: task).bytes)))
        follow(ledger.release(ByteCount(size), by: task))
      case 6:
        let size = ByteCount(Int64(generator.below(400)))
        switch ledger.cacheRequest(size) {
        case .granted: counts["cached", default: 0] += 1
        case .evict(let size): drop(size.bytes)
        case .refused: counts["cache refused", default: 0] += 1
        }
      case 7 where toEvict > 0: drop(min(toEvict, 1 + Int64(generator.below(Int(toEvict)))))
      default:
        pinned = ledger.cached.bytes == 0 ? 0 : Int64(generator.below(Int(ledger.cached.bytes)))
        // What was promised for eviction is not read any more.
        pinned = max(0, min(pinned, ledger.cached.bytes - toEvict))
        follow(ledger.cachePinned(ByteCount(pinned)))
      }
    }

    private mutating func ask(_ task: TaskAttempt) {
      let held = Int(ledger.held(by: task).bytes)
      let spillable = generator.below(2) == 0 ? 0 : Int64(held)
      asking.insert(task)
      follow(
        ledger.request(
          MemoryRequest(
            task: task, number: 0, size: ByteCount(1 + Int64(generator.below(400))), spillable: ByteCount(spillable))))
    }

    private mutating func end(_ task: TaskAttempt) {
      running.removeAll { $0 == task }
      asking.remove(task)
      follow(ledger.taskEnded(task))
    }

    mutating func drop(_ size: Int64) {
      let size = min(size, ledger.cached.bytes)
      toEvict = max(0, toEvict - size)
      if pinned > ledger.cached.bytes - size {
        pinned = ledger.cached.bytes - size
        follow(ledger.cachePinned(ByteCount(pinned)))
      }
      follow(ledger.cacheReleased(ByteCount(size)))
    }

    private mutating func follow(_ actions: [MemoryAction]) {
      for action in actions {
        switch action {
        case .grant(let request):
          counts["granted", default: 0] += 1
          #expect(asking.remove(request.task) != nil, "granted twice or unasked")
        case .evict(let size):
          counts["evicted", default: 0] += 1
          toEvict += size.bytes
        case .spill(let request, let size):
          counts["spilled", default: 0] += 1
          asking.remove(request.task)
          #expect(size <= request.spillable)
          follow(ledger.release(size, by: request.task))
        case .refuse(let request, _):
          counts["refused", default: 0] += 1
          #expect(request.spillable.bytes == 0, "refused though it could spill")
          end(request.task)
        }
      }
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element? {
      elements.isEmpty ? nil : elements[generator.below(elements.count)]
    }
  }

  @Test("the bound holds at every step, and nobody waits for ever", arguments: [1, 2, 3, 4] as [UInt64])
  func invariants(seed: UInt64) {
    var world = World(seed: seed)
    for step in 0..<20_000 {
      world.step()
      let ledger = world.ledger
      let used = ledger.held.bytes + ledger.cached.bytes
      #expect(used <= 1000, "step \(step): \(used) bytes")
      #expect(world.running.reduce(0) { $0 + ledger.held(by: $1).bytes } == ledger.held.bytes)
      #expect(Set(ledger.waiting.map(\.task)) == world.asking)
      let isStuck = !world.running.isEmpty && ledger.waiting.count == world.running.count && world.toEvict == 0
      #expect(!isStuck, "step \(step): all wait and nothing comes")
    }
    for path in ["granted", "evicted", "spilled", "refused", "cached", "cache refused"] {
      #expect(world.counts[path, default: 0] > 20, "\(path) was hardly tried: \(world.counts)")
    }
  }
}
