internal import FlintColumns
internal import FlintCore

/// Computes aggregates of all rows, whole or in part.
final class AggregateStream: BatchStream {
  /// One aggregate: what it is computed of, and the values that it has seen where each counts once.
  private struct Call {
    let inputs: [Computation]
    let seen: GroupTable?
  }

  private let source: any BatchStream
  private let keys: [Computation]
  private let functions: [AggregateFunction]
  private var calls: [Call] = []
  private let schema: Schema
  private let kernels: Kernels
  private var result: BatchesStream?

  init(
    _ source: any BatchStream, _ aggregation: Aggregation, _ compiler: Compiler, _ schema: Schema
  ) throws(FlintError) {
    self.source = source
    self.schema = schema
    kernels = compiler.kernels
    keys = try aggregation.keys.map { (key) throws(FlintError) in try compiler.compile(key.expression) }
    functions = aggregation.calls.map { $0.call.plainFunction }
    for call in aggregation.calls {
      let inputs = try call.call.arguments.map { (input) throws(FlintError) in try compiler.compile(input) }
      let types = keys.map(\.type) + inputs.map(\.type)
      calls.append(Call(inputs: inputs, seen: call.call.isDistinct ? try GroupTable(types, kernels) : nil))
    }
  }

  func next() async throws -> Batch? {
    if let result { return result.next() }
    // Functions over rows that are seen first have a table of their own: the rows differ. All tables see all keys, in the
    // same order.
    var tables: [(table: HashAggregation, calls: [Int])] = []
    let plain = calls.indices.filter { calls[$0].seen == nil }
    tables.append((try table(plain), plain))
    for index in calls.indices where calls[index].seen != nil { tables.append((try table([index]), [index])) }
    while let batch = try await source.next() {
      for (table, numbers) in tables { try add(batch, to: table, numbers) }
    }
    let rows = try columns(tables)
    let stream = BatchesStream(rows, of: BatchesStream.size)
    result = stream
    return stream.next()
  }

  private func table(_ numbers: [Int]) throws(FlintError) -> HashAggregation {
    try HashAggregation(keys: keys.map(\.type), numbers.map { functions[$0] }, kernels)
  }

  private func add(_ batch: Batch, to table: HashAggregation, _ numbers: [Int]) throws(FlintError) {
    let keyColumns = try keys.map { (key) throws(FlintError) in try key.vector(batch, kernels) }
    guard let index = numbers.first, let seen = calls[index].seen else {
      let inputs = try numbers.map { (number) throws(FlintError) -> Vector? in
        try calls[number].inputs.first.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
      }
      return try table.add(keys: keyColumns, inputs, length: batch.length, selection: batch.selection)
    }
    let inputs = try calls[index].inputs.map { (input) throws(FlintError) in try input.vector(batch, kernels) }
    let before = seen.count
    let found = try seen.insert(keyColumns + inputs, length: batch.length, selection: batch.selection)
    // Null for what was there before, so that the key is known all the same.
    let isNew = try newRows(found, before, batch)
    var value = inputs[0]
    for input in inputs.dropFirst() {
      // A row in which one is null does not count.
      value = try kernels.choose(
        try kernels.isNotNull(.vector(input)), .vector(value), .constant(try kernels.nulls(value.type, count: 1)))
    }
    let counted = try kernels.choose(isNew, .vector(value), .constant(try kernels.nulls(value.type, count: 1)))
    try table.add(keys: keyColumns, [counted], length: batch.length, selection: batch.selection)
  }

  /// The rows whose values nobody had before.
  private func newRows(_ numbers: RowNumbers, _ before: Int, _ batch: Batch) throws(FlintError) -> Vector {
    var marks = [Bool](repeating: false, count: batch.length)
    var next = Int32(before)
    for index in 0..<numbers.count where numbers.rows[index] == next {
      marks[batch.selection.map { Int($0.rows[index]) } ?? index] = true
      next += 1
    }
    return try kernels.booleans(batch.length) { marks[$0] }
  }

  private func columns(_ tables: [(table: HashAggregation, calls: [Int])]) throws(FlintError) -> Batch {
    let first = try tables[0].table.results()
    var columns = first.prefix(keys.count).map(Optional.init) + [Vector?](repeating: nil, count: calls.count)
    for (table, numbers) in tables {
      let results = try table.results()
      for (place, number) in numbers.enumerated() { columns[keys.count + number] = results[keys.count + place] }
    }
    let length = columns.first.flatMap { $0?.count } ?? 1
    return Batch(schema, columns.compactMap { $0 }, length: keys.isEmpty ? 1 : length)
  }
}

extension AggregateCall {
  /// The function of the values that are left when each counts once.
  var plainFunction: AggregateFunction { AggregateFunction(kind, of: arguments.first?.type) }
}
