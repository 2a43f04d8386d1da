internal import FlintColumns
internal import FlintCore

/// All rows sorted, or the first of them.
final class SortStream: BatchStream {
  private let source: any BatchStream
  private let orders: [(computation: Computation, order: TypedOrder)]
  private let columns: [Attribute]
  private let limit: Int?
  private let kernels: Kernels
  private var result: BatchesStream?

  init(
    _ source: any BatchStream, _ orders: [TypedOrder], _ columns: [Attribute], limit: Int?, _ compiler: Compiler
  ) throws(FlintError) {
    self.source = source
    self.orders = try orders.map { (order) throws(FlintError) in (try compiler.compile(order.expression), order) }
    self.columns = columns
    self.limit = limit
    kernels = compiler.kernels
  }

  func next() async throws -> Batch? {
    if let result { return result.next() }
    let keys = orders.enumerated().map { index, order in
      SortKey(columns.count + index, isDescending: order.order.isDescending, nullsFirst: order.order.nullsFirst)
    }
    let schema = Schema(
      columns.schema.fields + orders.enumerated().map { Field("key\($0)", $1.computation.type) })
    let sorted: Batch
    if let limit, limit > 0 {
      let top = TopRows(limit, of: schema, by: keys, kernels)
      while let batch = try await source.next() { try top.add(try keyed(batch, schema)) }
      sorted = try top.finish()
    } else {
      var batches: [Batch] = []
      while limit != 0, let batch = try await source.next() { batches.append(try keyed(batch, schema)) }
      sorted = try kernels.sort(try kernels.concatenate(batches, schema), by: keys)
    }
    let rows = Batch(columns.schema, Array(sorted.columns.prefix(columns.count)), length: sorted.length)
    let stream = BatchesStream(rows, of: BatchesStream.size)
    result = stream
    return stream.next()
  }

  private func keyed(_ batch: Batch, _ schema: Schema) throws(FlintError) -> Batch {
    let keys = try orders.map { (order) throws(FlintError) in try order.computation.vector(batch, kernels) }
    return Batch(schema, batch.columns + keys, length: batch.length, selection: batch.selection)
  }
}
