internal import FlintColumns
internal import FlintCore

/// Aggregates of the rows of one task, which another task merges with those of others.
final class PartialAggregateStream: BatchStream {
  private let source: any BatchStream
  private let keys: [Computation]
  private let inputs: [Computation?]
  private let table: HashAggregation
  private let kernels: Kernels
  private let schema: Schema
  private let limit: Int
  private let memory: StageMemory
  private var result: BatchesStream?
  private var isAtEnd = false

  /// - Parameter limit: bytes of the table at which what it has is given out before its end.
  init(
    _ source: any BatchStream, _ aggregation: Aggregation, _ compiler: Compiler, limit: ByteCount, _ memory: StageMemory
  ) throws(FlintError) {
    self.source = source
    kernels = compiler.kernels
    self.limit = Int(limit.bytes)
    self.memory = memory
    keys = try aggregation.keys.map { (key) throws(FlintError) in try compiler.compile(key.expression) }
    inputs = try aggregation.calls.map { (call) throws(FlintError) in
      try call.call.arguments.first.map { (input) throws(FlintError) in try compiler.compile(input) }
    }
    table = try HashAggregation(
      keys: keys.map(\.type), aggregation.calls.map { $0.call.function }, kernels)
    schema = Schema(table.partialTypes)
  }

  func next() async throws -> Batch? {
    while true {
      if let batch = result?.next() { return batch }
      if isAtEnd { return nil }
      result = try await fill()
    }
  }

  private func fill() async throws -> BatchesStream {
    await memory.giveBack()
    while let batch = try await source.next() {
      let keyColumns = try keys.map { try $0.vector(batch, kernels) }
      let values = try inputs.map { (input) throws(FlintError) in
        try input.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
      }
      try table.add(keys: keyColumns, values, length: batch.length, selection: batch.selection)
      if try await isFull() {
        let columns = try table.drain(parts: 1)[0]
        return BatchesStream(Batch(schema, columns, length: columns[0].count), of: BatchesStream.size)
      }
    }
    isAtEnd = true
    let columns = try table.partials()
    return BatchesStream(Batch(schema, columns, length: keys.isEmpty ? 1 : columns[0].count), of: BatchesStream.size)
  }

  /// Whether what the table has must go before more comes. That costs no more than a row for each key.
  private func isFull() async throws -> Bool {
    let size = table.heldBytes
    if keys.isEmpty { return false }
    if size > limit { return true }
    return try await !memory.hasRoom(for: size, spillable: size)
  }
}

extension Aggregation {
  /// The columns of what ``PartialAggregateStream`` gives.
  func partialSchema(_ kernels: Kernels) throws(FlintError) -> Schema {
    let table = try HashAggregation(
      keys: keys.map(\.expression.type), calls.map { $0.call.function }, kernels)
    return Schema(table.partialTypes)
  }
}
