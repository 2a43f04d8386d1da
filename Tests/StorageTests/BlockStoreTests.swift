import FlintCore
import FlintStorage
import Synchronization
import Testing

/// The store of an executor on this machine's disk, with 100,000 bytes of memory, of which the cache keeps 40,000.
@Suite("Blocks of an executor", .timeLimit(.minutes(1)))
struct BlockStoreTests {
  private static let (a, b, c) = (Names.cached(1, 1), Names.cached(1, 2), Names.cached(1, 3))
  private static let task = Names.task(1)

  private static func withStore(_ body: (BlockStore, DiskStore, Scratch) async throws -> Void) async throws {
    try await Scratch.use { scratch in
      let disk = try await scratch.store()
      let ledger = MemoryLedger(limit: ByteCount(100_000), cacheShare: ByteCount(40_000))
      let store = BlockStore(disk: disk, ledger: ledger)
      try await body(store, disk, scratch)
      await store.quiesce()
    }
  }

  private static func content(_ byte: UInt8, _ count: Int = 40_000) -> BlockContent {
    .bytes([UInt8](repeating: byte, count: count))
  }

  /// Numbers that become bytes, one a piece; nil when they cannot.
  private struct Numbers: BlockValues {
    let numbers: [Int]
    let bytes: [UInt8]?

    var pieceCount: Int { bytes?.count ?? 1 }
    func piece(_ index: Int) throws -> [UInt8] {
      guard let bytes else { throw FlintError(.userCode, "no bytes") }
      return [bytes[index]]
    }
  }

  /// Where a block is, and its first byte; nil when it is nowhere.
  private static func look(_ id: BlockID, in store: BlockStore) async -> String? {
    do {
      return try await store.withBlock(id) { source in
        switch source {
        case .memory(.bytes(let bytes)): "memory \(bytes.first ?? 0)"
        case .memory(.values(let values, _)): "values \((values as? Numbers)?.numbers ?? [])"
        case .file(let block): "file \(try await block.read(0..<1).first ?? 0)"
        }
      }
    } catch {
      return "\(error)"
    }
  }

  @Test("blocks are read where they are kept: as rows, as bytes, from a file")
  func placements() async throws {
    try await Self.withStore { store, disk, _ in
      let rows = BlockContent.values(Numbers(numbers: [1, 2, 3], bytes: [9, 9]), size: ByteCount(30_000))
      #expect(await store.put(Self.a, rows, .memoryAndDisk))
      #expect(await store.put(Self.b, Self.content(2), .memory))
      #expect(await store.put(Self.c, Self.content(3), .disk))
      #expect(await Self.look(Self.b, in: store) == "memory 2")
      #expect(await Self.look(Self.c, in: store) == "file 3")
      #expect(await Self.look(Self.a, in: store) == "values [1, 2, 3]")
      #expect(await Self.look(Names.cached(9, 9), in: store) == nil)
      #expect(await store.put(Self.a, rows, .memory) == false, "it is there already")
      // Room is made by the oldest first: b, and then a, which goes to disk as the bytes that it encodes to.
      #expect(await store.put(Names.cached(2, 1), Self.content(4, 90_000), .memory))
      #expect(await Self.look(Self.b, in: store) == nil)
      #expect(await Self.look(Self.a, in: store) == "file 9")
      let bytes = try await disk.read(Self.a)
      #expect(bytes == [9, 9])
    }
  }

  @Test("a block stays while it is read, whatever else wants its memory, and goes with its last reader")
  func reading() async throws {
    try await Self.withStore { store, _, _ in
      #expect(await store.put(Self.a, Self.content(1, 90_000), .memory))
      _ = try await store.withBlock(Self.a) { source in
        #expect(await store.put(Self.b, Self.content(2), .memory) == false)
        await store.remove(Self.a)
        #expect(await Self.look(Self.a, in: store) == nil)
        #expect(await store.usedMemory == ByteCount(90_000))
        guard case .memory(.bytes(let bytes)) = source else {
          Issue.record("not in memory")
          return
        }
        #expect(bytes == [UInt8](repeating: 1, count: 90_000))
      }
      #expect(await store.isEmpty)
      #expect(await store.put(Self.b, Self.content(2), .memory))
    }
  }

  @Test("a reader that throws lets go as well")
  func throwingReader() async throws {
    try await Self.withStore { store, _, _ in
      #expect(await store.put(Self.a, Self.content(1), .memory))
      await expectError(.userCode) {
        _ = try await store.withBlock(Self.a) { _ in throw FlintError(.userCode, "thrown by the reader") }
      }
      await store.remove(Self.a)
      #expect(await store.isEmpty)
    }
  }

  @Test("tasks get what the cache borrowed, spill above their share, and are refused at the end")
  func tasks() async throws {
    try await Self.withStore { store, _, _ in
      #expect(await store.put(Self.a, Self.content(1), .memoryAndDisk))
      #expect(await store.put(Self.b, Self.content(2), .memoryAndDisk))
      await store.taskStarted(Self.task)
      let first = try await store.acquire(ByteCount(50_000), for: Self.task)
      #expect(first == .granted)
      #expect(await Self.look(Self.a, in: store) == "file 1")
      #expect(await Self.look(Self.b, in: store) == "memory 2")
      let answer = try await store.acquire(ByteCount(20_000), for: Self.task, spillable: ByteCount(50_000))
      #expect(answer == .spill(ByteCount(20_000)))
      let error = await expectError(.memoryBudgetExceeded) {
        _ = try await store.acquire(ByteCount(90_000), for: Self.task)
      }
      #expect(error?.what.contains("\(Self.task)") ?? false)
      await store.taskEnded(Self.task)
      #expect(await store.usedMemory == ByteCount(40_000))
    }
  }

  @Test("a task waits for another, and stops waiting when it is cancelled or ended")
  func waiting() async throws {
    try await Self.withStore { store, _, _ in
      let (second, third) = (Names.task(2), Names.task(3))
      await store.taskStarted(Self.task)
      let large = try await store.acquire(ByteCount(90_000), for: Self.task)
      #expect(large == .granted)
      await store.taskStarted(second)
      await store.taskStarted(third)
      let cancelled = Task { try await store.acquire(ByteCount(30_000), for: second) }
      cancelled.cancel()
      await #expect(throws: CancellationError.self) { try await cancelled.value }
      let ended = Task { try await store.acquire(ByteCount(30_000), for: third) }
      let patient = Task { try await store.acquire(ByteCount(33_000), for: second) }
      while await store.waitingCount < 2 { await Task.yield() }
      await store.taskEnded(third)
      await #expect(throws: CancellationError.self) { try await ended.value }
      await store.release(ByteCount(40_000), by: Self.task)
      let answer = try await patient.value
      #expect(answer == .granted)
      await store.taskEnded(second)
      await store.taskEnded(Self.task)
      #expect(await store.isEmpty)
    }
  }

  @Test("a block whose file is damaged is forgotten, and can be put again")
  func damagedFile() async throws {
    try await Self.withStore { store, _, scratch in
      #expect(await store.put(Self.a, Self.content(1, 10), .disk))
      try await scratch.put([1, 2, 3], scratch.path(of: Self.a))
      #expect(await Self.look(Self.a, in: store) == nil)
      await store.quiesce()
      let file = try await scratch.context.files.status(of: scratch.path(of: Self.a))
      #expect(file == nil)
      #expect(await store.isEmpty)
      #expect(await store.put(Self.a, Self.content(4, 10), .disk))
      #expect(await Self.look(Self.a, in: store) == "file 4")
    }
  }

  @Test("a block that cannot be encoded or written is lost, and nothing else is")
  func failedWrite() async throws {
    try await Self.withStore { store, disk, scratch in
      let stubborn = BlockContent.values(Numbers(numbers: [1], bytes: nil), size: ByteCount(40_000))
      #expect(await store.put(Self.a, stubborn, .memoryAndDisk))
      #expect(await store.put(Self.b, Self.content(2), .memory))
      #expect(await store.put(Self.c, Self.content(3), .memory))
      #expect(await Self.look(Self.a, in: store) == nil)
      #expect(await Self.look(Self.b, in: store) == "memory 2")
      #expect(await store.put(Self.a, stubborn, .disk) == false)
      let names = try await scratch.context.files.list(disk.directory)
      #expect(names.isEmpty)
    }
  }

  @Test("many tasks at once read what was put, and in the end nothing is left")
  func crowd() async throws {
    try await Self.withStore { store, disk, scratch in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<6 {
          group.addTask { try await Self.work(worker, store) }
        }
        try await group.waitForAll()
      }
      for number in 0..<20 { await store.remove(Names.cached(5, UInt64(number))) }
      await store.quiesce()
      #expect(await store.isEmpty)
      let names = try await scratch.context.files.list(disk.directory)
      #expect(names.isEmpty)
    }
  }

  private static func work(_ worker: Int, _ store: BlockStore) async throws {
    var chance = Chance(seed: UInt64(worker) + 1)
    let task = Names.task(UInt64(worker))
    await store.taskStarted(task)
    do { try await use(&chance, task, store) } catch {
      // The others would wait for it.
      await store.taskEnded(task)
      throw error
    }
    await store.taskEnded(task)
  }

  private static func use(_ chance: inout Chance, _ task: TaskAttempt, _ store: BlockStore) async throws {
    var held: Int64 = 0
    for _ in 0..<150 {
      let number = chance.below(20)
      let id = Names.cached(5, UInt64(number))
      switch chance.below(8) {
      case 0...2:
        let placement = BlockPlacement.allCases[chance.below(3)]
        _ = await store.put(id, content(UInt8(number), 100 + chance.below(20_000)), placement)
      case 3...5:
        let found = await look(id, in: store)
        #expect(found.map { $0.hasSuffix(" \(number)") } ?? true, "\(id): \(found ?? "")")
      case 6: await store.remove(id)
      default:
        let size = Int64(1 + chance.below(15_000))
        switch try await store.acquire(ByteCount(size), for: task, spillable: ByteCount(held)) {
        case .granted: held += size
        case .spill(let size):
          held -= size.bytes
          await store.release(size, by: task)
        }
        if held > 10_000 {
          await store.release(ByteCount(held), by: task)
          held = 0
        }
      }
    }
  }
}
