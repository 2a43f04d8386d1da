internal import FlintCore
internal import FlintSimulation
internal import FlintStorage

extension SimulationJob {
  /// An executor's tasks that share memory, cached blocks and a disk that fails.
  static let blockStore = SimulationJob(
    name: "block-store",
    summary: "tasks share memory and blocks over a failing disk: right bytes, no standstill, no leak",
    timeLimit: .seconds(600),
    mustFire: [
      "disk.disk-full", "disk.input-output", "disk.bit-flipped", "store.memory", "store.file", "store.nowhere",
      "store.not-kept", "store.spill", "store.refused", "store.cancelled", "store.damaged",
      "store.borrowed",
    ]
  ) { simulation in
    try await BlockStoreScenario(simulation).run()
  }
}

/// One process with a store and several workers, each a task in the ledger's eyes.
private struct BlockStoreScenario {
  private static let application = ApplicationID(rawValue: 1)
  private static let blockCount = 12
  private let simulation: Simulation
  private let host: SimulatedHost

  init(_ simulation: Simulation) {
    self.simulation = simulation
    host = simulation.addHost("node")
  }

  func run() async throws {
    let process = host.start("executor") { context, _ in
      let disk = try await DiskStore(of: Self.application, in: "/work", context: context)
      let ledger = MemoryLedger(limit: ByteCount(20_000), cacheShare: ByteCount(6000))
      let store = BlockStore(disk: disk, ledger: ledger)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<4 {
          group.addTask { try await BlockStoreWorker(UInt64(worker), store, context, simulation).run(steps: 40) }
        }
        try await group.waitForAll()
      }
      for number in 0..<Self.blockCount { await store.remove(Self.block(number)) }
      await store.quiesce()
      guard await store.isEmpty else { throw FlintError(.simulationFailed, "blocks or memory are left") }
      return 0
    }
    while process.exit == nil { try await harm() }
    host.disk.repair()
    try simulation.require(process.exit?.isSuccess ?? false, process.lastError ?? "\(String(describing: process.exit))")
    let calm = host.start("calm") { context, _ in
      try await Self.replaceOften(context)
      try await WorkDirectory("/work", files: context.files).sweep(keeping: [])
      return 0
    }
    let exit = try await calm.waitForExit()
    try simulation.require(exit.isSuccess, calm.lastError ?? "\(exit)")
    try simulation.require(host.disk.files.isEmpty, "left over: \(host.disk.files)")
  }

  /// On a sound disk a block that is put right after the removal of its forerunner stays.
  private static func replaceOften(_ context: NodeContext) async throws {
    let disk = try await DiskStore(of: application, in: "/work", context: context)
    let store = BlockStore(disk: disk, ledger: MemoryLedger(limit: ByteCount(1000), cacheShare: ByteCount(0)))
    for round in 0..<10 {
      await store.remove(block(0))
      let isKept = await store.put(block(0), .bytes([UInt8](repeating: UInt8(round), count: 100)), .disk)
      // The removal has been asked for before, and must have come before.
      await store.quiesce()
      let found = try await store.withBlock(block(0)) { source in
        guard case .file(let file) = source else { return [UInt8]() }
        return try await file.read(0..<1)
      }
      guard isKept, found == [UInt8(round)] else {
        throw FlintError(.simulationFailed, "the block of round \(round) was taken for its forerunner")
      }
    }
  }

  /// Makes the disk worse for a while, but not before the store has begun.
  private func harm() async throws {
    try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(20)...(.milliseconds(60))))
    let disk = host.disk
    switch simulation.choose(below: 4) {
    case 0: disk.faults.capacity = .kibibytes(Int64(simulation.choose(below: 20)))
    case 1: disk.faults.errorPermille = 200
    case 2:
      let blocks = disk.files.filter { !$0.name.hasPrefix(".") }
      guard !blocks.isEmpty else { return }
      let path = blocks[simulation.choose(below: blocks.count)]
      guard let size = disk.bytes(of: path)?.count, size > 0 else { return }
      disk.flipBit(of: path, atByte: simulation.choose(below: size), bit: simulation.choose(below: 8))
    default: disk.repair()
    }
  }

  static func block(_ number: Int) -> BlockID { .cached(DatasetID(rawValue: 1), PartitionID(rawValue: UInt64(number))) }
}

/// A task that puts, reads and removes blocks, and asks for memory; sometimes it loses patience.
private struct BlockStoreWorker {
  private let number: UInt64
  private let store: BlockStore
  private let context: NodeContext
  private let simulation: Simulation

  init(_ number: UInt64, _ store: BlockStore, _ context: NodeContext, _ simulation: Simulation) {
    self.number = number
    self.store = store
    self.context = context
    self.simulation = simulation
  }

  func run(steps: Int) async throws {
    var generator = RandomnessGenerator(context.randomness)
    var attempt: UInt32 = 0
    var held: Int64 = 0
    await store.taskStarted(task(attempt))
    for _ in 0..<steps {
      let block = Int.random(in: 0..<12, using: &generator)
      switch Int.random(in: 0..<9, using: &generator) {
      case 0...2: await put(block, &generator)
      case 3...5: try await read(block, task(attempt))
      case 6: await store.remove(BlockStoreScenario.block(block))
      default:
        guard await ask(Int64.random(in: 1...6000, using: &generator), task(attempt), &held) else {
          // As a task that failed: another attempt of it begins.
          await store.taskEnded(task(attempt))
          attempt += 1
          held = 0
          await store.taskStarted(task(attempt))
          continue
        }
      }
    }
    await store.taskEnded(task(attempt))
  }

  private func task(_ attempt: UInt32) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 0)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: number)), number: attempt)
  }

  private func put(_ block: Int, _ generator: inout RandomnessGenerator) async {
    let content = BlockContent(seed: UInt64(block), length: Int.random(in: 16...7000, using: &generator))
    let placement = BlockPlacement.allCases[Int.random(in: 0..<3, using: &generator)]
    let values = FlintStorage.BlockContent.values(content, size: ByteCount(Int64(content.length)))
    let isKept = await store.put(BlockStoreScenario.block(block), values, placement)
    if !isKept { simulation.probe("store.not-kept") }
  }

  private func read(_ block: Int, _ task: TaskAttempt) async throws {
    do {
      let found = try await store.withBlock(BlockStoreScenario.block(block)) { source in
        switch source {
        case .memory(.values(let values, _)):
          simulation.probe("store.memory")
          // The reader takes its time, and may need memory meanwhile: what it reads cannot be evicted for it.
          try await context.time.sleep(for: .milliseconds(2))
          if context.randomness.next() % 4 == 0 { await borrow(task) }
          return values as? BlockContent
        case .memory(.bytes): return nil
        case .file(let file):
          simulation.probe("store.file")
          return BlockContent(try await file.read(0..<file.length))
        }
      }
      guard let found else { return simulation.probe("store.nowhere") }
      guard found?.seed == UInt64(block) else {
        throw FlintError(.simulationFailed, "block \(block) holds something else")
      }
    } catch let error as FlintError where error.code == .corruptData {
      simulation.probe("store.damaged")
    } catch let error as FlintError where BlocksWorkload.isOfDisk(error) {
      simulation.note("block \(block): \(error.code.rawValue)")
    }
  }

  private func borrow(_ task: TaskAttempt) async {
    let size = ByteCount(3000)
    guard (try? await store.acquire(size, for: task)) == .granted else { return }
    simulation.probe("store.borrowed")
    await store.release(size, by: task)
  }

  /// Whether the task may go on.
  private func ask(_ size: Int64, _ task: TaskAttempt, _ held: inout Int64) async -> Bool {
    let spillable = ByteCount(context.randomness.next() % 2 == 0 ? 0 : held / 2)
    let store = store
    let request = Task { try await store.acquire(ByteCount(size), for: task, spillable: spillable) }
    if context.randomness.next() % 8 == 0 { request.cancel() }
    do {
      switch try await request.value {
      case .granted: held += size
      case .spill(let size):
        simulation.probe("store.spill")
        held -= size.bytes
        await store.release(size, by: task)
      }
      return true
    } catch is CancellationError {
      simulation.probe("store.cancelled")
      return true
    } catch {
      simulation.probe("store.refused")
      return false
    }
  }
}
