public import FlintCore
internal import FlintLayout
public import FlintTasks

/// Makes one value of a partition, batch by batch.
@usableFromInline
final class FoldResult<Row: Sendable, Value: Sendable>: ResultMaker {
  private let site: OperatorSite
  private let initial: Value
  private let body: @Sendable ([Row], inout Value) throws -> Void

  @usableFromInline
  init(_ site: OperatorSite, _ initial: Value, _ body: @escaping @Sendable ([Row], inout Value) throws -> Void) {
    self.site = site
    self.initial = initial
    self.body = body
  }

  @usableFromInline
  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    var value = initial
    while let batch = try await rows.next() {
      site.enter(context)
      do { try body(batch.of(Row.self).rows, &value) } catch { throw site.failure(error) }
    }
    return try RowBlock.encode([value], form: .rows)
  }
}
