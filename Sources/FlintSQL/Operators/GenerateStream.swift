internal import FlintColumns
internal import FlintCore

/// Each row beside each of those that are made of it.
final class GenerateStream: BatchStream {
  private let source: any BatchStream
  private let generation: Generation
  private let input: Computation
  private let schema: Schema
  private let kernels: Kernels

  init(
    _ source: any BatchStream, _ generation: Generation, _ schema: Schema, _ compiler: Compiler
  ) throws(FlintError) {
    self.source = source
    self.generation = generation
    input = try compiler.compile(generation.input)
    self.schema = schema
    kernels = compiler.kernels
  }

  func next() async throws -> Batch? {
    guard let batch = try await source.next() else { return nil }
    let rows = try kernels.compact(batch)
    let values = try input.vector(rows, kernels)
    switch generation.kind {
    case .explode(let hasPosition): return try exploded(rows, values, hasPosition: hasPosition)
    case .spans(let length, let slide, let start): return try spans(rows, values, length, slide, start)
    }
  }

  private func exploded(_ rows: Batch, _ values: Vector, hasPosition: Bool) throws -> Batch {
    let offsets = values.offsets
    var sources: [Int32] = []
    var places: [Int32] = []
    let positions = try ValueBuilder<Int32>(.int32, capacity: rows.length, kernels.memory)
    for row in 0..<rows.length {
      let count = values.isNull(row) ? 0 : offsets[row + 1] - offsets[row]
      if count == 0, generation.isOuter {
        sources.append(Int32(row))
        places.append(-1)
        try positions.appendNull()
      }
      for element in 0..<count {
        sources.append(Int32(row))
        places.append(offsets[row] + element)
        try positions.append(element)
      }
    }
    let taken = try RowNumbers(places, kernels.memory)
    var made: [Vector] = hasPosition ? [try positions.finish()] : []
    switch values.form {
    case .list(_, _, let elements): made.append(try kernels.take(elements, taken))
    case .map(_, _, let keys, let values): made += [try kernels.take(keys, taken), try kernels.take(values, taken)]
    default: preconditionFailure("\(values.type) has no elements")
    }
    return try beside(rows, sources, made)
  }

  /// The spans that hold each time, the first first; none for null.
  private func spans(
    _ rows: Batch, _ values: Vector, _ length: Int64, _ slide: Int64, _ start: Int64
  ) throws -> Batch {
    let times = values.pointer(to: Int64.self)
    var sources: [Int32] = []
    let starts = try ValueBuilder<Int64>(.timestamp, capacity: rows.length, kernels.memory)
    let ends = try ValueBuilder<Int64>(.timestamp, capacity: rows.length, kernels.memory)
    for row in 0..<rows.length where !values.isNull(row) {
      var begin = times[row].spanStart(slide, from: start)
      var begins: [Int64] = []
      while begin > times[row] - length {
        begins.append(begin)
        begin -= slide
      }
      for begin in begins.reversed() {
        sources.append(Int32(row))
        try starts.append(begin)
        try ends.append(begin + length)
      }
    }
    let type = generation.columns[0].type
    let count = sources.count
    let made = Vector(type, count: count, .structure([try starts.finish(), try ends.finish()]))
    return try beside(rows, sources, [made])
  }

  private func beside(_ rows: Batch, _ sources: [Int32], _ made: [Vector]) throws -> Batch {
    let numbers = try RowNumbers(sources, kernels.memory)
    let columns = try rows.columns.map { try kernels.take($0, numbers) }
    return Batch(schema, columns + made, length: sources.count)
  }
}
