internal import FlintCore
internal import FlintTasks

/// The rows of a partition on their way through, which are kept once the last of them has passed.
final class KeepingStream: RowStream {
  private let rows: any RowStream
  private let codec: any BatchCodec
  private let spool: KeptSpool
  private let context: any TaskContext
  private let whenDone: (KeptSpool) async throws -> Void
  private var isOver = false

  init(
    _ rows: any RowStream, _ codec: any BatchCodec, _ spool: KeptSpool, _ context: any TaskContext,
    whenDone: @escaping (KeptSpool) async throws -> Void
  ) {
    (self.rows, self.codec, self.spool, self.context, self.whenDone) = (rows, codec, spool, context, whenDone)
  }

  func next() async throws -> AnyRowBatch? {
    do {
      if let batch = try await rows.next() {
        try await spool.append(batch, codec)
        return batch
      }
      if !isOver {
        isOver = true
        // A try that was told to end keeps nothing: nobody would know of it.
        try context.checkCancellation()
        try await whenDone(spool)
      }
      return nil
    } catch {
      await spool.abandon()
      throw error
    }
  }
}
