import FlintCore
import FlintExecution
import FlintLibuv
import FlintStorage
import FlintTasks
import FlintWire
import Synchronization
import TestFolders
import Testing

@Suite("Broadcasts of an executor", .timeLimit(.minutes(1)))
struct BroadcastTests {
  private static let id = BroadcastID(rawValue: 5)
  private static let pieceLength = 1000
  private static let content = (0..<3500).map { UInt8(truncatingIfNeeded: $0 &* 7) }

  /// A broadcast that a closure has captured.
  private final class Pending: PendingBroadcast {
    let id = BroadcastTests.id
    private let value = Mutex<[UInt8]>([])

    var bytes: [UInt8] { value.withLock { $0 } }
    func decode(_ content: [UInt8]) throws -> any Sendable { content }
    func fill(_ value: any Sendable) { self.value.withLock { $0 = value as? [UInt8] ?? [] } }
  }

  /// The driver's side: it notes which pieces it was asked for.
  private final class Source: Sendable {
    private let asked = Mutex<[UInt32]>([])

    var pieces: [UInt32] { asked.withLock { $0 } }

    func part(_ request: BlockRequest) throws -> [UInt8] {
      guard case .broadcast(BroadcastTests.id, let piece) = request.block else {
        throw FlintError(.fileNotFound, "\(request.block) is no broadcast")
      }
      asked.withLock { $0.append(piece) }
      guard piece > 0 else {
        return BroadcastSource.head(count: content.count, pieceLength: BroadcastTests.pieceLength)
      }
      return Array(content.dropFirst((Int(piece) - 1) * pieceLength).prefix(Int(request.length)))
    }
  }

  /// An executor's stores, over `remote` and what the driver has.
  private static func withStores(
    _ number: UInt64, remote: any BlockFetching, driver: RecordingDriver, _ source: Source,
    _ body: (NodeStores) async throws -> Void
  ) async throws {
    try await TemporaryFolder.use { folder in
      let node = try LibuvNode(name: "executor")
      let disk = try await DiskStore(of: ApplicationID(rawValue: 1), in: folder / "work", context: node.context)
      let place = ExecutorPlace(
        executor: ExecutorIncarnation(executor: ExecutorID(rawValue: number), number: 0),
        node: NodeID(rawValue: number),
        memoryEndpoint: .unix(path: "/memory"), fileEndpoint: .unix(path: "/files"))
      let stores = NodeStores(
        place, disk: disk, memory: .mebibytes(1), remote: remote,
        broadcasts: BroadcastSource(driver: driver) { try source.part($0) }, driver: driver, context: node.context)
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(stores)) } catch { outcome = .failure(error) }
      await stores.close()
      await node.shutdown()
      try outcome.get()
    }
  }

  private static func stored(_ driver: RecordingDriver) -> [BlockStored] {
    driver.messages.compactMap { if case .blockStored(let stored) = $0 { stored } else { nil } }
  }

  @Test("pieces come from executors that have them, and from the driver only where none has")
  func peers() async throws {
    let (toFirst, toSecond) = (LinkedStores(), LinkedStores())
    let nobody = RecordingDriver { message in
      guard case .askBlock(let question) = message else { return nil }
      return .answerBlock(BlockAnswer(block: question.block, places: []))
    }
    let (ofFirst, ofSecond) = (Source(), Source())
    try await Self.withStores(0, remote: toSecond, driver: nobody, ofFirst) { first in
      toFirst.connect(to: first)
      let pending = Pending()
      try await first.fill([pending, Pending()])
      #expect(pending.bytes == Self.content)
      #expect(ofFirst.pieces == [0, 1, 2, 3, 4], "each piece once")
      let stored = Self.stored(nobody)
      #expect(stored.count == 4)
      let knowing = RecordingDriver { message in
        guard case .askBlock(let question) = message else { return nil }
        return .answerBlock(
          BlockAnswer(block: question.block, places: stored.filter { $0.block == question.block }.map(\.place)))
      }
      try await Self.withStores(1, remote: toFirst, driver: knowing, ofSecond) { second in
        let pending = Pending()
        try await second.fill([pending])
        #expect(pending.bytes == Self.content)
        #expect(ofSecond.pieces == [0], "the driver gives the lengths, and no piece")
      }
    }
  }
}
