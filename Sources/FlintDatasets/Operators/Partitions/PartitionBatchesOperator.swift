public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent by a function of its batches.
@usableFromInline
final class PartitionBatchesOperator<Input: Sendable, Output: Sendable>: NodeOperator {
  @usableFromInline typealias Body = @Sendable (Int, PartitionRows<Input>) async throws -> PartitionBatches<Output>
  private let site: OperatorSite
  private let body: Body

  @usableFromInline
  init(_ site: OperatorSite, _ body: @escaping Body) {
    self.site = site
    self.body = body
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let rows = PartitionRows<Input>(try await inputs[0][0].open())
    site.enter(context)
    do {
      return PartitionBatchesStream(site, try await body(Int(partition.rawValue), rows), context)
    } catch { throw site.failure(error) }
  }
}
