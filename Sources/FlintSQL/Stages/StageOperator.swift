internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

/// Computes the rows of a stage's dataset in a task.
final class StageOperator: NodeOperator {
  private let program: StageProgram
  private let dataset: DatasetID
  private let schema: Schema

  /// - Parameter schema: the columns that it gives.
  init(_ program: StageProgram, _ dataset: DatasetID, _ schema: Schema) {
    self.program = program
    self.dataset = dataset
    self.schema = schema
  }

  var codec: (any BatchCodec)? { ColumnCodec(schema: schema, kernels: Kernels(Self.memory())) }

  /// Memory for batches that pass, where no task is known: as much as a machine could have.
  static func memory() -> ColumnMemory {
    ColumnMemory(budget: MemoryBudget(limit: .gibibytes(64)), idle: IdleSlabs(capacity: .mebibytes(8)))
  }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let memory = StageMemory(context)
    let (kernels, zones) = try await program.settings.load(memory.columns, context.files)
    let leaves = program.plan.inputLeaves
    var sources: [any BatchStream] = []
    var shared: [Int: SharedRows] = [:]
    for (number, input) in program.inputs.enumerated() {
      guard let columns = leaves[number] else {
        // Nobody asks for it: a filter that is never true.
        sources.append(BatchesStream([]))
        continue
      }
      if case .broadcast(let rows) = input { shared[number] = rows.value }
      sources.append(try await source(input, columns, partition, inputs, context, kernels, memory))
    }
    let files = CountedFiles(files: context.files, counters: context.counters)
    var execution = LocalExecution(kernels, zones: zones, files: files, limits: context.limits)
    execution.counters = context.counters
    execution.inputs = sources
    execution.shared = shared
    execution.sharedLimit = context.memoryLimit
    execution.idleSlabs = context.idleSlabs
    execution.memory = memory
    if program.plan.scansFiles {
      execution.parts = try RowBlock.decode(context.partitionData(of: dataset, partition), as: FilePart.self)
    }
    let rows = try execution.stream(program.plan)
    guard case .partial(let aggregation) = program.ending else { return StageRows(rows, context) }
    let compiler = Compiler(program.plan.output, kernels, zones: zones)
    return StageRows(
      try PartialAggregateStream(rows, aggregation, compiler, limit: context.limits.partialAggregates, memory),
      context)
  }

  private func source(
    _ input: StageInput, _ columns: [Attribute], _ partition: PartitionID, _ inputs: [[any RowInput]],
    _ context: any TaskContext, _ kernels: Kernels, _ memory: StageMemory
  ) async throws -> any BatchStream {
    switch input {
    case .narrow(let number): return StageSource(inputs[number])
    case .exchanged(let shuffle):
      return ShuffleSource(try await context.shuffleInput(shuffle, partition), columns.schema, kernels.memory)
    case .merged(let shuffle, let aggregation):
      let schema = try aggregation.partialSchema(kernels)
      let rows = ShuffleSource(try await context.shuffleInput(shuffle, partition), schema, kernels.memory)
      return try AggregateStream(merging: rows, aggregation, columns.schema, kernels, memory)
    case .carried:
      let blocks = try context.partitionData(of: dataset, partition)
      return BatchesStream(try BlockList.batches(blocks, columns.schema, kernels.memory))
    case .broadcast(let rows):
      return SharedStream(rows.value, columns.schema, kernels.memory)
    }
  }
}

extension LogicalPlan {
  /// The columns of the inputs among its leaves, by their numbers.
  var inputLeaves: [Int: [Attribute]] {
    if case .scan(let scan) = self {
      guard case .input(let number) = scan.table.rows else { return [:] }
      return [number: scan.columns]
    }
    return children.reduce(into: [:]) { $0.merge($1.inputLeaves) { first, _ in first } }
  }

  /// Whether files are among its leaves.
  var scansFiles: Bool {
    if case .scan(let scan) = self, case .files = scan.table.rows { return true }
    return children.contains(where: \.scansFiles)
  }

  /// A leaf that is input `number` of a stage.
  static func input(_ number: Int, _ columns: [Attribute]) -> LogicalPlan {
    let table = Table(name: "input \(number)", schema: columns.schema, rows: .input(number), statistics: nil)
    return .scan(TableScan(table: table, columns: columns))
  }
}
