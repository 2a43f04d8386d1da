internal import FlintColumns
internal import FlintCore

/// Computes aggregates of rows, or of what other tasks have aggregated in part.
///
/// When there is no memory for the tables they go to disk, in parts by their keys, and each part is computed for itself.
final class AggregateStream: BatchStream {
  private typealias Input = (form: AggregateTables.Form, rows: any BatchStream)

  private let aggregation: Aggregation
  private let schema: Schema
  private let kernels: Kernels
  private let memory: StageMemory?
  /// How often these keys were dealt before.
  private let level: Int
  private let inputs: [Input]
  /// Nil once all of it has gone to disk.
  private var tables: AggregateTables?
  /// What left memory, one for each form of the tables.
  private var spilled: [SpilledRows] = []
  /// The next part of it.
  private var part = 0
  private var current: AggregateStream?
  private var result: BatchesStream?

  /// Aggregates of rows.
  convenience init(
    _ rows: any BatchStream, _ aggregation: Aggregation, _ compiler: Compiler, _ schema: Schema, _ memory: StageMemory?
  ) throws(FlintError) {
    let tables = try AggregateTables(aggregation, compiler, compiler.kernels)
    self.init([(.rows, rows)], aggregation, tables, schema, compiler.kernels, memory, level: 0)
  }

  /// Aggregates of partial ones.
  convenience init(
    merging partials: any BatchStream, _ aggregation: Aggregation, _ schema: Schema, _ kernels: Kernels,
    _ memory: StageMemory?
  ) throws(FlintError) {
    let tables = try AggregateTables(aggregation, nil, kernels)
    self.init([(.partials, partials)], aggregation, tables, schema, kernels, memory, level: 0)
  }

  private init(
    _ inputs: [Input], _ aggregation: Aggregation, _ tables: AggregateTables, _ schema: Schema, _ kernels: Kernels,
    _ memory: StageMemory?, level: Int
  ) {
    self.inputs = inputs
    self.aggregation = aggregation
    self.tables = tables
    self.schema = schema
    self.kernels = kernels
    self.memory = memory
    self.level = level
  }

  func next() async throws -> Batch? {
    if result == nil { try await fill() }
    while true {
      if let batch = result?.next() { return batch }
      if let batch = try await current?.next() { return batch }
      guard try await startPart() else { return nil }
    }
  }

  private func fill() async throws {
    guard let tables else { return }
    for input in inputs {
      while let batch = try await input.rows.next() {
        try tables.take(batch, as: input.form)
        try await makeRoom(tables)
      }
    }
    if spilled.isEmpty {
      result = BatchesStream(try tables.results(schema), of: BatchesStream.size)
      return
    }
    try await spill(tables)
    for each in spilled { try await each.finish() }
    self.tables = nil
    result = BatchesStream([])
  }

  /// Writes the tables to disk when they may not become larger.
  private func makeRoom(_ tables: AggregateTables) async throws {
    // All rows of one key are one row.
    guard let memory, !aggregation.keys.isEmpty else { return }
    let spillable = level < Gathering.deepest ? tables.heldBytes : 0
    if try await !memory.hasRoom(for: tables.room, spillable: spillable) { try await spill(tables) }
  }

  private func spill(_ tables: AggregateTables) async throws {
    guard let memory else { return }
    let forms = tables.forms
    if spilled.isEmpty {
      for form in forms {
        spilled.append(try await SpilledRows(Gathering.partCount, form.schema, memory, kernels))
      }
    }
    // What goes last takes everything along.
    for (form, target) in zip(forms, spilled).reversed() {
      for number in 0..<tables.pieces(of: form.form) {
        let batch = try tables.piece(number, of: form.form, form.schema)
        for start in stride(from: 0, to: batch.length, by: BatchesStream.size) {
          let piece = batch.slice(start..<min(start + BatchesStream.size, batch.length))
          try await target.deal(piece, by: Array(piece.columns[..<aggregation.keys.count]), level: level + 1)
        }
      }
    }
    await memory.giveBack()
  }

  /// Begins with the next part of what is on disk; false when there is none.
  private func startPart() async throws -> Bool {
    current = nil
    guard !spilled.isEmpty else { return false }
    guard part < Gathering.partCount else {
      for each in spilled { await each.remove() }
      spilled = []
      return false
    }
    await memory?.giveBack()
    let number = part
    part += 1
    let tables = try AggregateTables(aggregation, nil, kernels)
    let inputs = zip(tables.forms, spilled).map { ($0.form, $1.rows(of: number) as any BatchStream) }
    current = AggregateStream(inputs, aggregation, tables, schema, kernels, memory, level: level + 1)
    return true
  }
}
