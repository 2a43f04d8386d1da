import FlintCore
import FlintLibuv
import FlintTransport
import FlintWire
import Glibc

/// Answers one client.
enum BenchServer {
  static func run(_ plan: BenchPlan) async throws {
    let bench = try BenchNode(.executor, plan)
    let work = try await BenchService.make(plan, bench.node.context)
    let (ends, over) = AsyncStream<Never>.makeStream()
    var taking = ConnectionHandler { connection, message, request in
      work.handle(connection, message, request)
    } ended: { _, _ in
      over.finish()
    }
    // As plain C does, messages on one way are counted and not read.
    if plan.work == .oneWay { taking.unread = { _, kind, _, _ in kind == .launchTask } }
    let handler = taking
    let listener = try await bench.transport.listen(at: .tcp(host: "127.0.0.1", port: 0), serving: [.driver]) { _, _ in
      handler
    }
    guard case .tcp(_, let port) = listener.endpoint else { return }
    print("port=\(port)")
    fflush(nil)
    for await _ in ends {}
    listener.close()
    await bench.shutdown()
  }
}

/// What the server does with each message.
final class BenchService: Sendable {
  private let slab: Slab
  private let file: any OpenFile
  private let checksum: UInt32
  private let sendsFile: Bool

  private init(slab: Slab, file: any OpenFile, sendsFile: Bool) {
    self.slab = slab
    self.file = file
    self.sendsFile = sendsFile
    checksum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: slab.bytes[..<BenchPlan.blockSize]))
  }

  static func make(_ plan: BenchPlan, _ context: NodeContext) async throws -> BenchService {
    let slab = try Slab(count: BenchPlan.blockSize, budget: MemoryBudget(limit: .mebibytes(2)))
    for index in 0..<BenchPlan.blockSize { slab.bytes[index] = UInt8(truncatingIfNeeded: index &* 31 &+ index / 251) }
    let path = FilePath("/tmp/flint-bench-\(context.randomness.next())")
    let file = try await context.files.open(path, .createNew)
    try await context.files.remove(path)
    try await file.write(slab, range: 0..<BenchPlan.blockSize, at: 0)
    return BenchService(slab: slab, file: file, sendsFile: plan.work == .files)
  }

  func handle(_ connection: isolated Connection, _ message: Message, _ request: RequestID?) {
    guard let request else { return }
    switch message {
    case .echo(let bytes): connection.answer(request, with: .echoed(bytes))
    case .fetchBlock(let part) where sendsFile:
      connection.answer(request, with: part, from: file, ranges: [0..<Int64(BenchPlan.blockSize)], checksum: checksum)
    case .fetchBlock(let part):
      // As the C program does, the checksum is computed for each answer.
      let sum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: slab.bytes[..<BenchPlan.blockSize]))
      connection.answer(request, with: part, from: slab, range: 0..<BenchPlan.blockSize, checksum: sum)
    default: break
    }
  }
}
