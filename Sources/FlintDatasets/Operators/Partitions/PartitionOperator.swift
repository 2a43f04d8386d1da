public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent by a function of all its rows.
@usableFromInline
final class PartitionOperator<Input: Sendable, Output: Sendable>: NodeOperator {
  private typealias Body = @Sendable (Int, PartitionRows<Input>, any TaskContext) async throws -> any RowStream
  private let site: OperatorSite
  private let body: Body

  @usableFromInline
  init<Rows: AsyncSequence & SendableMetatype>(
    _ site: OperatorSite, sequence: @escaping @Sendable (Int, PartitionRows<Input>) async throws -> Rows
  ) where Rows.Element == Output, Rows.AsyncIterator: SendableMetatype {
    self.site = site
    body = { index, rows, context in
      SequenceStream(site, try await sequence(index, rows).makeAsyncIterator(), context)
    }
  }

  @usableFromInline
  init(
    _ site: OperatorSite,
    batches: @escaping @Sendable (Int, PartitionRows<Input>) async throws -> PartitionBatches<Output>
  ) {
    self.site = site
    body = { index, rows, context in PartitionBatchesStream(site, try await batches(index, rows), context) }
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Output>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let rows = PartitionRows<Input>(try await inputs[0][0].open())
    site.enter(context)
    do {
      return try await body(Int(partition.rawValue), rows, context)
    } catch { throw site.failure(error) }
  }
}
