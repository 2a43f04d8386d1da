internal import FlintColumns
internal import FlintCore

/// All rows sorted, or the first of them. Rows for which there is no memory go to disk in runs, each sorted, which are merged.
final class SortStream: BatchStream {
  private let source: any BatchStream
  private let computations: [Computation]
  private let columns: [Attribute]
  private let limit: Int?
  private let kernels: Kernels
  private let memory: StageMemory?
  private let schema: Schema
  private let keys: [SortKey]
  private var result: (any BatchStream)?

  convenience init(
    _ source: any BatchStream, _ orders: [TypedOrder], _ columns: [Attribute], limit: Int?, _ compiler: Compiler,
    _ memory: StageMemory?
  ) throws(FlintError) {
    let computations = try orders.map { (order) throws(FlintError) in try compiler.compile(order.expression) }
    let keys = orders.enumerated().map { index, order in
      SortKey(columns.count + index, isDescending: order.isDescending, nullsFirst: order.nullsFirst)
    }
    self.init(source, computations, keys, columns, limit: limit, compiler.kernels, memory)
  }

  /// Rows in the order of ``SortedKeys``.
  convenience init(
    _ source: any BatchStream, by computations: [Computation], _ columns: [Attribute], _ kernels: Kernels,
    _ memory: StageMemory?
  ) {
    let keys = computations.indices.map { SortKey(columns.count + $0) }
    self.init(source, computations, keys, columns, limit: nil, kernels, memory)
  }

  private init(
    _ source: any BatchStream, _ computations: [Computation], _ keys: [SortKey], _ columns: [Attribute], limit: Int?,
    _ kernels: Kernels, _ memory: StageMemory?
  ) {
    self.source = source
    self.computations = computations
    self.keys = keys
    self.columns = columns
    self.limit = limit
    self.kernels = kernels
    self.memory = memory
    schema = Schema(columns.schema.fields + computations.enumerated().map { Field("key\($0)", $1.type) })
  }

  func next() async throws -> Batch? {
    if result == nil { result = try await sorted() }
    guard let batch = try await result?.next() else { return nil }
    return Batch(columns.schema, Array(batch.columns.prefix(columns.count)), length: batch.length)
  }

  private func sorted() async throws -> any BatchStream {
    guard let limit else { return try await all() }
    guard limit > 0 else { return BatchesStream([]) }
    let top = TopRows(limit, of: schema, by: keys, kernels)
    while let batch = try await source.next() { try top.add(try keyed(batch)) }
    return BatchesStream(try top.finish(), of: BatchesStream.size)
  }

  private func all() async throws -> any BatchStream {
    var batches: [Batch] = []
    var size = 0
    var runs: SortedRuns?
    while let batch = try await source.next() {
      if batch.rowCount == 0 { continue }
      let rows = try kernels.compact(try keyed(batch))
      batches.append(rows)
      size += rows.byteCount
      // Sorting needs them side by side, and once more in their order.
      guard let memory, try await !memory.hasRoom(for: 2 * size, spillable: size) else { continue }
      if runs == nil { runs = try await SortedRuns(schema, keys, memory, kernels) }
      try await runs?.add(try taken(&batches))
      size = 0
      await memory.giveBack()
    }
    guard let runs else { return BatchesStream(try taken(&batches), of: BatchesStream.size) }
    if !batches.isEmpty { try await runs.add(try taken(&batches)) }
    await memory?.giveBack()
    return try await runs.merged()
  }

  /// The rows of some batches in their order; the batches go.
  private func taken(_ batches: inout [Batch]) throws(FlintError) -> Batch {
    let all = try kernels.concatenate(batches, schema)
    batches = []
    return try kernels.sort(all, by: keys)
  }

  private func keyed(_ batch: Batch) throws(FlintError) -> Batch {
    let keys = try computations.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
    return Batch(schema, batch.columns + keys, length: batch.length, selection: batch.selection)
  }
}
