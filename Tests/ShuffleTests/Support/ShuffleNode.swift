import FlintCore
import FlintLibuv
import FlintShuffle
import FlintStorage
import FlintTransport
import FlintWire
import TestFolders
import Testing

/// An executor's share of shuffles, on this machine's sockets and disk: its outputs, its block service, and its readers.
struct ShuffleNode: Sendable {
  let node: LibuvNode
  let log: MemoryLogHandler
  let transport: Transport
  let blocks: BlockStore
  let disk: DiskStore
  let files: MapOutputFiles
  let outputs: MapOutputStore
  let service: BlockService
  let client: BlockClient
  let budget = MemoryBudget(limit: .mebibytes(256))
  let listener: any NetworkListener
  let limits: Limits
  let number: UInt64
  let work: FilePath

  var context: NodeContext { node.context }
  var executor: ExecutorIncarnation { ExecutorIncarnation(executor: ExecutorID(rawValue: number), number: 0) }
  /// Where its memory is served.
  var memoryPlace: BlockPlace {
    BlockPlace(node: NodeID(rawValue: number), executor: executor, endpoint: listener.endpoint)
  }

  init(_ number: UInt64, work: FilePath, limits: Limits = Limits(), memory: ByteCount = .mebibytes(64)) async throws {
    self.number = number
    self.work = work
    self.limits = limits
    log = MemoryLogHandler()
    node = try LibuvNode(name: "executor-\(number)", logHandler: log)
    let executor = ExecutorIncarnation(executor: ExecutorID(rawValue: number), number: 0)
    transport = Transport(
      context: node.context,
      local: Introduction(
        cluster: "test", role: .executor, name: "executor-\(number)", incarnation: number, executor: executor,
        build: [1]), admission: Admission(believesStrangers: true), limits: limits)
    disk = try await DiskStore(of: ApplicationID(rawValue: 7), in: work, context: node.context)
    blocks = BlockStore(disk: disk, ledger: MemoryLedger(limit: memory, cacheShare: ByteCount(memory.bytes / 2)))
    files = MapOutputFiles(disk)
    outputs = MapOutputStore(blocks: blocks, disk: disk, files: files)
    service = BlockService([outputs], budget: budget, context: node.context, limits: limits)
    client = BlockClient(transport, budget: budget, context: node.context)
    let handler = service.handler
    listener = try await transport.listen(at: .tcp(host: "127.0.0.1", port: 0), serving: [.executor]) { _, _ in handler
    }
  }

  func task(_ partition: UInt64, memory: ByteCount = .mebibytes(64)) -> TestTask {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 0)
    let task = TaskID(stage: stage, partition: PartitionID(rawValue: partition))
    return TestTask(TaskAttempt(task: task, number: 0), context, limits: limits, memory: memory)
  }

  func reader(
    _ entries: [MapOutputEntry], reduce: UInt64, task: TestTask, remote: (any BlockFetching)? = nil
  ) throws -> ShuffleReader {
    try ShuffleReader(
      Shuffles.shuffle, reduce: PartitionID(rawValue: reduce), entries: entries, epoch: MapOutputEpoch(rawValue: 5),
      sources: ShuffleReader.Sources(
        node: NodeID(rawValue: number), executor: executor, local: outputs, remote: remote ?? client,
        context: context), context: task)
  }

  func shutdown() async throws {
    listener.close()
    await transport.shutdown(within: .seconds(5))
    try await outputs.remove(Shuffles.shuffle)
    await blocks.quiesce()
    #expect(await blocks.isEmpty)
    #expect(await service.isIdle)
    #expect(budget.used.bytes == 0)
    let left = try await context.files.list(disk.directory)
    #expect(left.isEmpty, "files are left: \(left)")
    await node.shutdown()
  }
}

/// Nodes in a folder of their own, and what they write for one another.
enum Shuffles {
  static let shuffle = ShuffleID(rawValue: 3)

  /// Runs `body` with as many nodes, each with a directory of its own; all are empty afterwards.
  static func withNodes(
    _ count: UInt64, limits: Limits = Limits(), memory: ByteCount = .mebibytes(64),
    _ body: ([ShuffleNode], FilePath) async throws -> Void
  ) async throws {
    try await TemporaryFolder.use { folder in
      var nodes: [ShuffleNode] = []
      for number in 1...count {
        nodes.append(
          try await ShuffleNode(number, work: folder / "node-\(number)", limits: limits, memory: memory))
      }
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(nodes, folder)) } catch { outcome = .failure(error) }
      for node in nodes { try await node.shutdown() }
      try outcome.get()
    }
  }

  /// The block that map task `map` writes for `reduce` as its `number`th: bytes that no other block has.
  static func block(_ map: UInt64, _ reduce: Int, _ number: Int, count: Int) -> [UInt8] {
    let head = "map \(map) reduce \(reduce) block \(number) "
    var state = map &* 1_000_003 &+ UInt64(reduce) &* 7919 &+ UInt64(number)
    var bytes = Array(head.utf8)
    while bytes.count < count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // Half of it can be compressed.
      bytes.append(number % 2 == 0 ? UInt8(truncatingIfNeeded: state >> 33) : UInt8(truncatingIfNeeded: bytes.count))
    }
    return bytes
  }

  /// Lets `node` write `blocks` blocks of `count` bytes for each of `partitions` readers, as map task `map`.
  static func write(
    _ map: UInt64, on node: ShuffleNode, partitions: Int, blocks: Int, count: Int, task: TestTask? = nil,
    place: BlockPlace? = nil
  ) async throws -> MapOutputReport {
    let task = task ?? node.task(map)
    let writer = try node.outputs.writer(for: shuffle, partitionCount: partitions, context: task)
    for number in 0..<blocks {
      for reduce in 0..<partitions {
        let bytes = block(map, reduce, number, count: count)
        try await writer.append(bytes, rowCount: number + 1, checksum: UInt64(bytes.count), to: reduce)
      }
    }
    let inFile = place ?? BlockPlace(node: NodeID(rawValue: node.number), endpoint: node.listener.endpoint)
    let report = try await writer.finish(inMemory: node.memoryPlace, inFile: inFile)
    #expect(task.heldMemory == 0)
    return report
  }

  /// What a reader of `reduce` is told of a report by map task `map`.
  static func entry(_ report: MapOutputReport, _ map: UInt64, _ reduce: Int, on node: ShuffleNode) -> MapOutputEntry {
    MapOutputEntry(
      map: node.task(map).attempt, place: report.place, byteCount: report.byteCounts[reduce],
      rowCount: report.rowCounts[reduce])
  }

  /// Everything that a reader gives, in the order of its bytes.
  static func all(_ reader: ShuffleReader, rowCount: UInt64) async throws -> [[UInt8]] {
    var blocks: [[UInt8]] = []
    while let block = try await reader.next() { blocks.append(block) }
    try reader.finish(rowCount: rowCount)
    return blocks.sorted { $0.lexicographicallyPrecedes($1) }
  }
}
