internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// Gives a partition's rows to a function, for what it does.
final class PartitionResultMaker<Row: Sendable>: ResultMaker {
  private let site: OperatorSite
  private let body: @Sendable (PartitionRows<Row>) async throws -> Void

  init(_ site: OperatorSite, _ body: @escaping @Sendable (PartitionRows<Row>) async throws -> Void) {
    self.site = site
    self.body = body
  }

  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    site.enter(context)
    do { try await body(PartitionRows(rows)) } catch { throw site.failure(error) }
    // What the function left is still computed: whoever writes on the way relies on it.
    while try await rows.next() != nil {}
    return try RowBlock.encode([0], form: .rows)
  }
}
