internal import FlintCore
internal import FlintSimulation
internal import FlintStorage

/// One life of a process that writes, reads and removes blocks, and tells the oracle of each step.
struct BlocksWorkload: Sendable {
  static let application = ApplicationID(rawValue: 7)
  static let directory: FilePath = "/work"
  private static let workerCount = 3

  let context: NodeContext
  let oracle: BlockOracle
  let simulation: Simulation

  /// Every identity that a worker uses, of several kinds. No two workers share one, so each knows what it did last.
  static func blocks(of worker: Int) -> [BlockID] {
    let number = UInt64(worker)
    let stage = StageAttempt(stage: StageID(rawValue: number), number: 0)
    let map = TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: 3)), number: 1)
    return [
      .cached(DatasetID(rawValue: number), PartitionID(rawValue: 1)),
      .cached(DatasetID(rawValue: number), PartitionID(rawValue: 2)),
      .shuffleData(ShuffleID(rawValue: 4), map: map),
    ]
  }

  static var allBlocks: [BlockID] { (0..<workerCount).flatMap(blocks) }

  /// Does `steps` steps with each worker. Errors of the disk are part of the work; a violation ends it.
  func run(steps: Int) async throws {
    let store: DiskStore
    do {
      store = try await DiskStore(of: Self.application, in: Self.directory, context: context)
      let before = try await context.files.list(store.directory).count
      try await store.removeUnfinished()
      if try await context.files.list(store.directory).count < before { simulation.probe("blocks.unfinished-removed") }
    } catch let error as FlintError where Self.isOfDisk(error) {
      return
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for worker in 0..<Self.workerCount {
        group.addTask {
          for _ in 0..<steps { try await step(Self.blocks(of: worker), store) }
        }
      }
      try await group.waitForAll()
    }
  }

  private func step(_ blocks: [BlockID], _ store: DiskStore) async throws {
    var generator = RandomnessGenerator(context.randomness)
    let id = blocks[Int.random(in: 0..<blocks.count, using: &generator)]
    do {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0..<4: try await write(id, store)
      case 4: try await abandon(id, store)
      case 5:
        oracle.begin(id, nil)
        try await store.remove(id)
        oracle.finish(id, nil, .process)
      default: try await read(id, store)
      }
    } catch let error as FlintError where Self.isOfDisk(error) {
      simulation.note("\(id): \(error.code.rawValue)")
    }
  }

  private func content() -> BlockContent {
    var generator = RandomnessGenerator(context.randomness)
    let longest = Int.random(in: 0..<4, using: &generator) == 0 ? 150_000 : 3000
    return BlockContent(
      seed: context.randomness.next(), length: Int.random(in: BlockContent.shortest...longest, using: &generator))
  }

  /// Writes a block, at once or in pieces.
  func write(_ id: BlockID, _ store: DiskStore) async throws {
    let (content, bits) = (content(), context.randomness.next())
    let durability: BlockDurability = bits & 1 == 0 ? .process : .machine
    oracle.begin(id, content)
    let bytes = content.bytes
    if bits & 2 == 0 {
      try await store.write(id, bytes, durability: durability)
    } else {
      let writer = try await store.writer(for: id, durability: durability)
      do {
        for start in stride(from: 0, to: bytes.count, by: 20_000) {
          try await writer.append(Array(bytes[start..<min(bytes.count, start + 20_000)]))
        }
      } catch {
        await writer.abandon()
        throw error
      }
      try await writer.finish()
    }
    oracle.finish(id, content, durability)
  }

  private func abandon(_ id: BlockID, _ store: DiskStore) async throws {
    let writer = try await store.writer(for: id)
    do { try await writer.append([1, 2, 3]) } catch {
      await writer.abandon()
      throw error
    }
    await writer.abandon()
  }

  /// Reads a block, whole and a part of it, and lets the oracle judge.
  func read(_ id: BlockID, _ store: DiskStore) async throws {
    let found: BlockOracle.Found
    do {
      let bytes = try await store.read(id)
      let block = try await store.open(id)
      let start = Int64(bytes.count / 3)
      let part = try await block.read(start..<block.length)
      try await block.close()
      guard part.elementsEqual(bytes[Int(start)...]) else {
        throw BlockOracle.Violation(description: "a part of \(id) differs from the whole")
      }
      found = .content(BlockContent(bytes))
    } catch let error as FlintError where error.code == .corruptData {
      found = .refused
    } catch let error as FlintError where error.code == .fileNotFound {
      found = .absent
    }
    if let probe = try oracle.check(id, found) { simulation.probe(probe) }
  }

  static func isOfDisk(_ error: FlintError) -> Bool { error.code == .inputOutput || error.code == .diskFull }
}
