public import FlintCore
public import FlintTasks

/// Makes every partition from the same one of the parent by a function of all its rows.
@usableFromInline
final class PartitionOperator<Input: Sendable, Rows: AsyncSequence>: NodeOperator where Rows.Element: Sendable {
  @usableFromInline typealias Body = @Sendable (Int, PartitionRows<Input>) async throws -> Rows
  private let site: OperatorSite
  private let body: Body

  @usableFromInline
  init(_ site: OperatorSite, _ body: @escaping Body) {
    self.site = site
    self.body = body
  }

  @usableFromInline var codec: (any BatchCodec)? { try? RowCodec<Rows.Element>() }

  @usableFromInline
  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let rows = PartitionRows<Input>(try await inputs[0][0].open())
    do {
      return SequenceStream(site, try await body(Int(partition.rawValue), rows).makeAsyncIterator(), context)
    } catch { throw site.failure(error) }
  }
}

/// The rows of an asynchronous sequence, a batch at a time.
final class SequenceStream<Iterator: AsyncIteratorProtocol>: RowStream where Iterator.Element: Sendable {
  private let site: OperatorSite
  private let context: any TaskContext
  private let batch = RowBatch<Iterator.Element>()
  private var iterator: Iterator?

  init(_ site: OperatorSite, _ iterator: Iterator, _ context: any TaskContext) {
    self.site = site
    self.iterator = iterator
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard var iterator else { return nil }
    self.iterator = nil
    var rows = batch.rows
    batch.rows = []
    rows.removeAll(keepingCapacity: true)
    var isEnded = false
    do {
      while rows.count < context.limits.rowsPerBatch {
        guard let row = try await iterator.next() else {
          isEnded = true
          break
        }
        rows.append(row)
      }
    } catch { throw site.failure(error) }
    if !isEnded { self.iterator = iterator }
    batch.rows = rows
    return rows.isEmpty ? nil : batch
  }
}
