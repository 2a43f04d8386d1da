internal import FlintCore
internal import FlintLineage
internal import FlintStorage
internal import FlintTasks

/// The result of a task as it is made: in hand while it fits into a message, and then as a block of this executor's.
final class ResultSpool: ResultWriting {
  private let blocks: BlockStore
  private let disk: DiskStore
  private let context: any TaskContext
  private var bytes: [UInt8] = []
  private var spool: KeptSpool?

  init(_ blocks: BlockStore, _ disk: DiskStore, _ context: any TaskContext) {
    (self.blocks, self.disk, self.context) = (blocks, disk, context)
  }

  func append(_ piece: [UInt8]) async throws {
    if let spool { return try await add(piece, to: spool) }
    bytes += piece
    guard bytes.count > context.limits.resultChunk.bytes else { return }
    let spool = KeptSpool(.taskResult(context.attempt), .memoryAndDiskSerialized, disk, context)
    self.spool = spool
    let all = bytes
    bytes = []
    try await add(all, to: spool)
  }

  func removeAll() async {
    bytes = []
    await spool?.abandon()
    spool = nil
  }

  func finish() async throws -> WrittenResult {
    guard let spool else { return .bytes(bytes) }
    let count = spool.byteCount
    guard try await spool.finish(in: blocks) != nil else { throw lost(spool) }
    return .block(byteCount: UInt64(count))
  }

  func abandon() async { await removeAll() }

  private func add(_ piece: [UInt8], to spool: KeptSpool) async throws {
    try await spool.append(piece)
    if spool.failure != nil, spool.isGivenUp { throw lost(spool) }
  }

  private func lost(_ spool: KeptSpool) -> any Error {
    spool.failure
      ?? FlintError(
        .memoryBudgetExceeded, "there is no room for the result of \(context.attempt)",
        why: "it has \(ByteCount(spool.byteCount))",
        remedy: "let tasks give less to the driver, or more memory and disk to executors")
  }
}
