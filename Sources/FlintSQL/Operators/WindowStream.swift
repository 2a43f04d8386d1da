internal import FlintColumns
internal import FlintCore

/// Functions over windows: all rows are sorted by their partitions and order first.
///
/// Rows for which there is no memory go to disk, in parts by their partitions, and each part is computed for itself.
final class WindowStream: BatchStream {
  private let source: any BatchStream
  private let memory: StageMemory?
  /// How often these partitions were dealt before.
  private let level: Int
  private let step: WindowStep
  private let columns: [Attribute]
  private let compiler: Compiler
  private var result: (any BatchStream)?

  init(
    _ source: any BatchStream, _ step: WindowStep, _ columns: [Attribute], _ compiler: Compiler, _ memory: StageMemory?,
    level: Int = 0
  ) {
    self.source = source
    self.memory = memory
    self.level = level
    self.step = step
    self.columns = columns
    self.compiler = compiler
  }

  private var kernels: Kernels { compiler.kernels }

  func next() async throws -> Batch? {
    if result == nil { result = try await results() }
    return try await result?.next()
  }

  private func results() async throws -> any BatchStream {
    let keys = try step.partition.map { (key) throws(FlintError) in try compiler.compile(key) }
    // Beside the rows there are these side by side, in their order, and what is computed of them.
    let gathering = Gathering(
      schema: columns.schema, keys: keys, kernels: kernels, memory: memory, level: level, factor: 3)
    switch try await gathering.gather(source) {
    case .all(let batches):
      let rows = try kernels.concatenate(batches, columns.schema)
      return BatchesStream(try computed(rows), of: BatchesStream.size)
    case .parts(let spilled):
      return PartsStream(spilled, [], memory) { [step, columns, compiler, memory, level] part in
        WindowStream(spilled.rows(of: part), step, columns, compiler, memory, level: level + 1)
      }
    }
  }

  private func computed(_ rows: Batch) throws(FlintError) -> Batch {
    var fields = rows.schema.fields
    var vectors = rows.columns
    func add(_ expression: TypedExpression) throws(FlintError) -> Int {
      vectors.append(try compiler.compile(expression).vector(rows, kernels))
      fields.append(Field("c\(fields.count)", expression.type))
      return fields.count - 1
    }
    let partition = try step.partition.map { (key) throws(FlintError) in try add(key) }
    let order = try step.order.map { (order) throws(FlintError) in
      SortKey(try add(order.expression), isDescending: order.isDescending, nullsFirst: order.nullsFirst)
    }
    var functions: [(WindowFunction, WindowFrame)] = []
    for function in step.functions {
      // The value that stands outside is a constant.
      let column = try function.call.arguments.first.map { (input) throws(FlintError) in try add(input) }
      functions.append((try self.function(function.call, column), function.call.frame))
    }
    let all = Batch(Schema(fields), vectors, length: rows.length)
    let sorted = try kernels.sort(all, by: partition.map { SortKey($0) } + order)
    var results = Array(sorted.columns.prefix(columns.count))
    for (index, (function, frame)) in functions.enumerated() {
      let vector = try kernels.window(function, over: sorted, partitionedBy: partition, orderedBy: order, frame: frame)
      results.append(try kernels.cast(vector, to: step.functions[index].type))
    }
    let schema = (columns + step.functions.map(\.attribute)).schema
    return Batch(schema, results, length: rows.length)
  }

  private func function(_ call: WindowCall, _ column: Int?) throws(FlintError) -> WindowFunction {
    let input = column ?? 0
    switch call.function {
    case .rowNumber: return .rowNumber
    case .rank: return .rank
    case .denseRank: return .denseRank
    case .percentRank: return .percentRank
    case .cumulativeDistribution: return .cumulativeDistribution
    case .ntile(let parts): return .ntile(parts)
    case .shifted(let distance):
      var otherwise: Vector?
      if call.arguments.count > 1, let value = call.arguments[1].literal {
        otherwise = try value.vector(call.arguments[0].type, kernels.memory)
      }
      return distance < 0
        ? .lag(column: input, by: -distance, otherwise: otherwise)
        : .lead(column: input, by: distance, otherwise: otherwise)
    case .firstValue: return .firstValue(column: input)
    case .lastValue: return .lastValue(column: input)
    case .nthValue(let number): return .nthValue(column: input, number)
    case .aggregate(let kind):
      return .aggregate(AggregateFunction(kind, of: call.arguments.first?.type), column: column)
    }
  }
}
