public import FlintCore
internal import FlintLayout
public import FlintTasks

/// Makes a sample of a partition's keys, from all rows or from the first ones.
@usableFromInline
final class SampleResult<Row: Sendable, Key: Sendable>: ResultMaker {
  private let site: OperatorSite
  private let rowLimit: Int
  private let body: @Sendable ([Row], inout KeySample<Key>) throws -> Void

  @usableFromInline
  init(
    _ site: OperatorSite, rowLimit: Int, _ body: @escaping @Sendable ([Row], inout KeySample<Key>) throws -> Void
  ) {
    self.site = site
    self.rowLimit = rowLimit
    self.body = body
  }

  @usableFromInline
  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    var sample = KeySample<Key>()
    while sample.count < rowLimit, let batch = try await rows.next() {
      site.enter(context)
      do { try body(batch.of(Row.self).rows, &sample) } catch { throw site.failure(error) }
    }
    return try RowBlock.encode([sample], form: .rows)
  }
}
