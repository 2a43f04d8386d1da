import FlintCore
import FlintExecution
import FlintLibuv
import FlintLineage
import FlintStorage
import FlintTasks
import FlintWire
import Synchronization
import TestFolders
import Testing

@Suite("Partitions that are kept", .timeLimit(.minutes(1)))
struct KeptBlocksTests {
  private static let place = ExecutorPlace(
    executor: ExecutorBench.incarnation, node: NodeID(rawValue: 0), memoryEndpoint: .unix(path: "/memory"),
    fileEndpoint: .unix(path: "/files"))
  private static let elsewhere = BlockPlace(
    node: NodeID(rawValue: 1), executor: ExecutorIncarnation(executor: ExecutorID(rawValue: 9), number: 0),
    endpoint: .unix(path: "/other"))

  /// Runs `body` with an executor over files in a folder of its own.
  private static func withBench(
    at place: ExecutorPlace = place, memory: ByteCount = .mebibytes(16), remote: (any BlockFetching)? = nil,
    driver: RecordingDriver = RecordingDriver(), _ body: (ExecutorBench, NodeStores) async throws -> Void
  ) async throws {
    try await TemporaryFolder.use { folder in
      let node = try LibuvNode(name: "executor")
      let disk = try await DiskStore(of: ApplicationID(rawValue: 1), in: folder / "work", context: node.context)
      let stores = NodeStores(
        place, disk: disk, memory: memory, remote: remote, driver: driver, context: node.context)
      let bench = ExecutorBench(node, driver: driver, stores: stores)
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(bench, stores)) } catch { outcome = .failure(error) }
      await stores.close()
      let left = try? await node.context.files.list(disk.directory)
      #expect(left == [])
      #expect(await bench.close())
      try outcome.get()
    }
  }

  /// How often the numbers of a dataset were computed. Functions travel, so what they count stands beside them.
  struct SharedCount: Sendable {
    private static let counts = Mutex<[Int]>([])
    private let number: Int

    init() {
      number = Self.counts.withLock { counts in
        counts.append(0)
        return counts.count - 1
      }
    }

    var value: Int { Self.counts.withLock { $0[number] } }
    func add() { Self.counts.withLock { $0[number] += 1 } }
  }

  /// A dataset of `count` numbers that is kept, each of which is counted when it is computed.
  private static func dataset(
    _ count: Int, _ level: StorageLevel, _ computed: SharedCount
  ) throws -> LineageNode {
    var graph = NumberGraph()
    let source = try graph.source([Array(0..<count)])
    return graph.step(source, keep: level) { number, _ in
      computed.add()
      return number * 3
    }
  }

  private static func kept(_ node: LineageNode, at place: BlockPlace) -> TaskDescription.Kept {
    TaskDescription.Kept(dataset: node.id, partition: PartitionID(rawValue: 0), places: [place])
  }

  private static func stored(_ driver: RecordingDriver) -> [BlockStored] {
    driver.messages.compactMap { if case .blockStored(let stored) = $0 { stored } else { nil } }
  }

  @Test("the driver is told of what is kept before the task's end, and later readers compute nothing")
  func rereading() async throws {
    for level in [StorageLevel.memoryOnly, .memoryAndDisk, .memoryAndDiskSerialized, .diskOnly] {
      try await Self.withBench { bench, _ in
        let computed = SharedCount()
        let node = try Self.dataset(1000, level, computed)
        let rows = (0..<1000).map { $0 * 3 }
        #expect(try await bench.collect(node) == [rows])
        let stored = Self.stored(bench.driver)
        #expect(stored.map(\.block) == [.cached(node.id, PartitionID(rawValue: 0))])
        #expect(stored.first?.place == Self.place.memory && stored.first?.byteCount ?? 0 > 1000)
        let kinds = bench.driver.messages.map(\.kind)
        let (told, ended) = (kinds.firstIndex(of: .blockStored), kinds.firstIndex(of: .updateStatus))
        #expect(told.map { told in ended.map { told < $0 } ?? false } == true)
        #expect(try await bench.collect(node, kept: [Self.kept(node, at: Self.place.memory)]) == [rows])
        #expect(computed.value == 1000, "\(level)")
      }
    }
  }

  @Test("what does not fit into memory goes to the partition's file, or is not kept")
  func shortage() async throws {
    for (level, isKept) in [(StorageLevel.memoryAndDisk, true), (.memoryOnly, false)] {
      try await Self.withBench(memory: .kibibytes(64)) { bench, _ in
        let computed = SharedCount()
        let node = try Self.dataset(20_000, level, computed)
        let rows = (0..<20_000).map { $0 * 3 }
        #expect(try await bench.collect(node) == [rows])
        #expect(Self.stored(bench.driver).count == (isKept ? 1 : 0), "\(level)")
        if isKept {
          #expect(try await bench.collect(node, kept: [Self.kept(node, at: Self.place.memory)]) == [rows])
          #expect(computed.value == 20_000)
        }
      }
    }
  }

  @Test("the driver is told of a partition that has to leave memory for another one")
  func eviction() async throws {
    try await Self.withBench(memory: .kibibytes(420)) { bench, _ in
      var graph = NumberGraph()
      let source = try graph.source([Array(0..<20_000)])
      let nodes = (0..<3).map { _ in graph.step(source, keep: .memoryOnly) { number, _ in number } }
      for node in nodes { _ = try await bench.collect(node) }
      #expect(Self.stored(bench.driver).count == 3)
      let dropped = bench.driver.messages.compactMap {
        if case .blockDropped(let dropped) = $0 { dropped } else { nil }
      }
      #expect(dropped.map(\.block) == [.cached(nodes[0].id, PartitionID(rawValue: 0))])
      #expect(dropped.first?.executor == ExecutorBench.incarnation)
    }
  }

  @Test("what another executor keeps is read there")
  func neighbour() async throws {
    try await Self.withBench { other, stores in
      let computed = SharedCount()
      let node = try Self.dataset(5000, .memoryOnly, computed)
      let rows = try await other.collect(node)
      try await Self.withBench(remote: Neighbour(providers: stores.providers)) { bench, _ in
        let read = try await bench.collect(node, kept: [Self.kept(node, at: Self.elsewhere)])
        #expect(read == rows)
        #expect(computed.value == 5000)
        #expect(Self.stored(bench.driver).isEmpty)
      }
    }
  }

  @Test("rows stay what they are where the level keeps rows, and become others where it keeps bytes")
  func rowsAsTheyAre() throws {
    let object = Thing(number: 7)
    let codec = try KeepingCodec(Thing.self)
    let kept = try #require(try codec.keep(RowBatch([object, object])))
    #expect(kept.batch().of(Thing.self).rows.allSatisfy { $0 === object })
    #expect(kept.byteCount > 2 * MemoryLayout<Thing>.stride)
    let bytes = try codec.decode(try kept.encoded()).of(Thing.self).rows
    #expect(bytes.map(\.number) == [7, 7] && bytes.allSatisfy { $0 !== object })
    // Numbers weigh what they take, texts a little more.
    #expect(try KeepingCodec(Int.self).keep(RowBatch(Array(0..<1000)))?.byteCount == 8000)
    let text = String(repeating: "x", count: 100)
    let texts = try #require(try KeepingCodec(String.self).keep(RowBatch(Array(repeating: text, count: 1000))))
    #expect((116_000...200_000).contains(texts.byteCount), "\(texts.byteCount)")
  }

  /// A row that is an object.
  private final class Thing: Codable, Sendable {
    let number: Int

    init(number: Int) {
      self.number = number
    }
  }

  @Test("what is to be kept twice is copied to a peer of another node, which tells the driver")
  func replicas() async throws {
    for level in [StorageLevel.memoryOnly2, .memoryAndDisk2, .diskOnly2] {
      let (toPeer, toFirst) = (LinkedStores(), LinkedStores())
      let peerPlace = ExecutorPlace(
        executor: try #require(Self.elsewhere.executor), node: Self.elsewhere.node,
        memoryEndpoint: Self.elsewhere.endpoint, fileEndpoint: Self.elsewhere.endpoint)
      try await Self.withBench(at: peerPlace, remote: toFirst) { peer, peerStores in
        let peerDriver = peer.driver
        toPeer.connect(to: peerStores)
        let driver = RecordingDriver { message in
          guard case .askPeers(let question) = message else { return nil }
          return .answerPeers(BlockAnswer(block: question.block, places: [Self.elsewhere]))
        }
        try await Self.withBench(remote: toPeer, driver: driver) { bench, stores in
          toFirst.connect(to: stores)
          let node = try Self.dataset(1000, level, SharedCount())
          #expect(try await bench.collect(node) == [(0..<1000).map { $0 * 3 }])
          let copies = Self.stored(peerDriver)
          #expect(copies.map(\.block) == [.cached(node.id, PartitionID(rawValue: 0))], "\(level)")
          #expect(
            copies.first?.place == peerPlace.memory && copies.first?.attempt == Self.stored(driver).first?.attempt)
        }
      }
    }
  }

  @Test("what is said to be here and is gone is told, and computed again")
  func gone() async throws {
    try await Self.withBench { bench, stores in
      let computed = SharedCount()
      let node = try Self.dataset(10, .memoryOnly, computed)
      let rows = try await bench.collect(node)
      await stores.remove([.cached(node.id, PartitionID(rawValue: 0))])
      #expect(try await bench.collect(node, kept: [Self.kept(node, at: Self.place.memory)]) == rows)
      #expect(computed.value == 20)
      #expect(bench.driver.messages.contains { $0.kind == .blockDropped })
    }
  }
}
