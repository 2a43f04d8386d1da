public import FlintCore
public import FlintTransport
public import FlintWire

/// Serves parts of blocks on connections for blocks: an executor's own, or the files of a node after its executors' death.
///
/// It has the blocks of one application, since its providers have no others. Peers that ask for what is not there get an
/// error; how much is read for them at once is bounded.
public actor BlockService {
  private nonisolated let context: NodeContext
  private let providers: [any BlockProvider]
  private nonisolated let budget: MemoryBudget
  private nonisolated let limits: Limits
  /// Bytes that are being read and handed over now.
  private var busyBytes: UInt64 = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// It lives on the node's control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// Serves what `providers` have, asked in this order, out of memory of `budget`.
  public init(_ providers: [any BlockProvider], budget: MemoryBudget, context: NodeContext, limits: Limits = Limits()) {
    self.providers = providers
    self.budget = budget
    self.context = context
    self.limits = limits
  }

  /// What becomes of the messages on a connection for blocks.
  public nonisolated var handler: ConnectionHandler {
    ConnectionHandler { connection, message, request in self.receive(message, request, on: connection) }
  }

  /// Takes one message of a connection for blocks.
  public nonisolated func receive(_ message: Message, _ request: RequestID?, on connection: Connection) {
    guard let request, case .fetchBlock(let part) = message else { return }
    Task(executorPreference: context.executors.control) { await self.serve(part, request, on: connection) }
  }

  /// Whether nothing is being served.
  public var isIdle: Bool { busyBytes == 0 && waiting.isEmpty }

  private func serve(_ part: BlockRequest, _ request: RequestID, on connection: Connection) async {
    do {
      guard part.length > 0, part.asksForLength || part.length <= UInt64(limits.fetchRequest.bytes) else {
        throw FlintError(
          .invalidArgument, "\(part.length) bytes of \(part.block) cannot be had at once",
          why: "the limit is \(limits.fetchRequest)")
      }
      if let file = try await file(part) {
        try await connection.waitForRoomToSend()
        return await connection.answer(
          request, with: part, from: file.file, ranges: file.ranges, checksum: file.checksum)
      }
      await begin(part.length)
      defer { end(part.length) }
      let slab = try await read(part)
      let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(slab.bytes)[..<Int(part.length)])
      let checksum = CRC32C.checksum(bytes)
      try await connection.waitForRoomToSend()
      await connection.answer(request, with: part, from: slab, range: 0..<Int(part.length), checksum: checksum)
    } catch {
      context.log.info("a block could not be served", ["block": "\(part.block)", "error": "\(error)"])
      await connection.fail(request, with: error)
    }
  }

  private func file(_ part: BlockRequest) async throws -> BlockFileParts? {
    guard !part.asksForLength else { return nil }
    for provider in providers {
      if let file = try await provider.file(of: part) { return file }
    }
    return nil
  }

  private func read(_ part: BlockRequest) async throws -> Slab {
    for provider in providers {
      guard let bytes = try await bytes(part, of: provider) else { continue }
      precondition(bytes.count == Int(part.length), "\(part.length) bytes were asked for, not \(bytes.count)")
      let slab = try Slab(count: bytes.count, budget: budget)
      slab.bytes.copyBytes(from: bytes)
      return slab
    }
    throw FlintError(.fileNotFound, "\(part.block) is not here")
  }

  private func bytes(_ part: BlockRequest, of provider: any BlockProvider) async throws -> [UInt8]? {
    guard part.asksForLength else { return try await provider.part(of: part) }
    let length = try await provider.length(of: part.block)
    return length.map { length in withUnsafeBytes(of: length.littleEndian) { Array($0) } }
  }

  // MARK: The bound

  private func begin(_ count: UInt64) async {
    while isFull(count) {
      await withCheckedContinuation { waiter in
        // Somebody may have ended on the way here.
        guard isFull(count) else { return waiter.resume() }
        waiting.append(waiter)
      }
    }
    busyBytes += count
  }

  private func isFull(_ count: UInt64) -> Bool {
    busyBytes > 0 && busyBytes + count > UInt64(limits.fetchBytesInFlight.bytes)
  }

  private func end(_ count: UInt64) {
    busyBytes -= count
    let waiters = waiting
    waiting = []
    for waiter in waiters { waiter.resume() }
  }
}
