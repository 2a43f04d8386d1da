internal import FlintCore
internal import FlintTasks

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
    site.enter(context)
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
