import FlintCore
import FlintTransport
import FlintWire
import Testing
import WireSamples

@Suite("Blocks over real sockets", .timeLimit(.minutes(2)))
struct BlockTests {
  private static let size = 3 << 20

  /// A block's bytes.
  private static let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 253) }

  /// Serves the content from a slab; a broadcast's piece number says how it goes wrong.
  private static func serving(_ slab: Slab, file: (any OpenFile)? = nil) -> ConnectionHandler {
    ConnectionHandler { connection, message, request in
      guard case .fetchBlock(let part) = message, let request else { return }
      guard let range = part.range(in: size), case .broadcast(_, let piece) = part.block else {
        return connection.fail(request, with: FlintError(.fileNotFound, "no such part"))
      }
      var checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: slab.bytes[range]))
      if piece == 1 { checksum ^= 1 }
      if let file {
        let range = Int64(range.lowerBound)..<Int64(range.upperBound)
        connection.answer(request, with: part, from: file, ranges: [range], checksum: checksum)
      } else {
        connection.answer(request, with: part, from: slab, range: range, checksum: checksum)
      }
    }
  }

  private static func part(_ offset: Int, _ length: Int, piece: UInt32 = 0) -> BlockRequest {
    BlockRequest(
      block: .broadcast(BroadcastID(rawValue: 3), piece: piece), offset: UInt64(offset), length: UInt64(length))
  }

  private static func slab() throws -> Slab {
    let slab = try Slab(count: size, budget: MemoryBudget(limit: .mebibytes(8)))
    slab.bytes.copyBytes(from: content)
    return slab
  }

  /// Runs `body` with an executor's connection to a driver that serves the block, and a budget that must be empty after it.
  private static func withConnection(
    _ handler: ConnectionHandler, _ body: (Connection, MemoryBudget, TestNode) async throws -> Void
  ) async throws {
    let budget = MemoryBudget(limit: .mebibytes(8))
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in handler }
      let connection = try await executor.transport.connect(
        to: listener.endpoint, expecting: .driver, channel: .blocks
      ) { _, _ in .silent }
      try await body(connection, budget, executor)
      listener.close()
    }
    #expect(budget.used.bytes == 0)
  }

  @Test("parts of a block arrive whole, many at a time, beside other requests")
  func parts() async throws {
    try await Self.withConnection(Self.serving(try Self.slab())) { connection, budget, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<50 {
          group.addTask {
            let (offset, length) = (number * 60_000, 1 + number * 1500)
            let slab = try await connection.fetch(Self.part(offset, length), into: budget)
            #expect(slab.bytes.prefix(length).elementsEqual(Self.content[offset..<offset + length]))
          }
        }
        try await group.waitForAll()
      }
      let whole = try await connection.fetch(Self.part(0, Self.size), into: budget)
      #expect(whole.bytes.prefix(Self.size).elementsEqual(Self.content))
    }
  }

  @Test("a block comes from a file as well")
  func files() async throws {
    let node = try TestNode(.observer)
    let path = FilePath("/tmp/flint-block-\(UInt64.random(in: 0...(.max)))")
    let file = try await node.context.files.open(path, .createNew)
    try await file.write(Self.content, at: 0)
    try await Self.withConnection(Self.serving(try Self.slab(), file: file)) { connection, budget, _ in
      for (offset, length) in [(0, Self.size), (12_345, 1_000_000), (Self.size - 1, 1)] {
        let slab = try await connection.fetch(Self.part(offset, length), into: budget)
        #expect(slab.bytes.prefix(length).elementsEqual(Self.content[offset..<offset + length]))
      }
    }
    try await file.close()
    try await node.context.files.remove(path)
    await node.shutdown()
  }

  @Test("damage, a full budget and a missing part are errors of one fetch, and the next one succeeds")
  func failures() async throws {
    try await Self.withConnection(Self.serving(try Self.slab())) { connection, budget, _ in
      let small = MemoryBudget(limit: .kibibytes(64))
      for _ in 0..<2 {
        await expect(.corruptData) { _ = try await connection.fetch(Self.part(0, 1_000_000, piece: 1), into: budget) }
        await expect(.memoryBudgetExceeded) { _ = try await connection.fetch(Self.part(0, 1_000_000), into: small) }
        await expect(.fileNotFound) { _ = try await connection.fetch(Self.part(Self.size, 1), into: budget) }
        let slab = try await connection.fetch(Self.part(5, 10), into: budget)
        #expect(slab.bytes.prefix(10).elementsEqual(Self.content[5..<15]))
      }
      #expect(small.used.bytes == 0)
    }
  }

  @Test("a fetch that is cancelled or late leaves the connection in order")
  func cancellations() async throws {
    try await Self.withConnection(Self.serving(try Self.slab())) { connection, budget, _ in
      for _ in 0..<20 {
        let fetching = Task { try await connection.fetch(Self.part(0, 2_000_000), into: budget) }
        await Task.yield()
        fetching.cancel()
        _ = try? await fetching.value
        _ = try? await connection.fetch(Self.part(0, 2_000_000), into: budget, within: .nanoseconds(1))
        let slab = try await connection.fetch(Self.part(7, 100), into: budget)
        #expect(slab.bytes.prefix(100).elementsEqual(Self.content[7..<107]))
      }
    }
  }

  @Test("another block than the one that was asked for ends the connection, and is not used")
  func misdirected() async throws {
    let slab = try Self.slab()
    let handler = ConnectionHandler { connection, message, request in
      guard case .fetchBlock(var part) = message, let request else { return }
      part.offset += 1
      let range = 1..<1 + Int(part.length)
      let checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: slab.bytes[range]))
      connection.answer(request, with: part, from: slab, range: range, checksum: checksum)
    }
    try await Self.withConnection(handler) { connection, budget, _ in
      await expect(.connectionLost) { _ = try await connection.fetch(Self.part(0, 1000), into: budget) }
      #expect(await connection.endReason == .wrongBlock)
    }
  }

  @Test("a connection that breaks in the middle of a block ends the fetch and frees its memory")
  func brokenInTheMiddle() async throws {
    let budget = MemoryBudget(limit: .mebibytes(8))
    try await TestNode.withPair { driver, executor in
      let accepted = Accepted()
      let listener = try await driver.context.network.listen(at: TestNode.anywhere) { stream in
        accepted.take(RawPeer(stream, driver.context))
      }
      async let connecting = executor.transport.connect(
        to: listener.endpoint, expecting: .driver, channel: .blocks
      ) { _, _ in .silent }
      try await driver.context.eventually("the hello") { await accepted.peer?.firstKind == .hello }
      let peer = try #require(accepted.peer)
      await peer.send(.welcome, driver.transport.local)
      let connection = try await connecting
      let fetching = Task { try await connection.fetch(Self.part(0, 1_000_000), into: budget) }
      try await driver.context.eventually("the request") { await connection.hasOpenRequest }
      let header = BlockHeader(block: Self.part(0, 1).block, offset: 0, length: 1_000_000, checksum: 1)
      await peer.send(.block, .sendBlock(header), 1 << 32)
      await peer.send([UInt8](repeating: 1, count: 5000))
      try await driver.context.eventually("the block's begin") { budget.used.bytes > 0 }
      await peer.abort()
      await expect(.connectionLost) { _ = try await fetching.value }
      listener.close()
    }
    #expect(budget.used.bytes == 0)
  }
}
