internal import FlintColumns
internal import FlintCore
internal import FlintFormats
internal import FlintTasks

/// Computes a plan as one partition in this process.
struct LocalExecution {
  let kernels: Kernels
  let zones: [String: ZoneRules]
  let files: any FileSystem
  let limits: Limits
  /// The inputs of a stage by their numbers.
  var inputs: [any BatchStream] = []
  /// Those of them that all tasks have, what these may take of an executor's memory, and slabs for it.
  var shared: [Int: SharedRows] = [:]
  var sharedLimit = ByteCount(0)
  var idleSlabs = IdleSlabs(capacity: ByteCount(0))
  /// Where rows of files are counted.
  var counters: TaskCounters?
  /// What the operators have of their executor's memory; nil where what they hold is bounded by the vectors' budget alone.
  var memory: StageMemory?
  /// What a task reads of the only table with files in its plan; nil for all of each.
  var parts: [FilePart]?

  init(_ kernels: Kernels, zones: [String: ZoneRules] = [:], files: any FileSystem, limits: Limits = Limits()) {
    self.kernels = kernels
    self.zones = zones
    self.files = files
    self.limits = limits
  }

  /// All rows of a plan.
  func rows(_ plan: LogicalPlan) async throws -> Batch {
    let queries = QueryFolding(memory: kernels.memory) { plan in
      try await rows(Optimiser(kernels, zones: zones).optimised(plan))
    }
    let prepared = try await queries.folded(plan)
    return try await stream(prepared).all(prepared.output.schema, kernels)
  }

  // MARK: Streams.

  /// The rows of a plan in whose expressions no queries are left.
  func stream(_ plan: LogicalPlan) throws(FlintError) -> any BatchStream {
    switch plan {
    case .scan(let scan): return try self.scan(scan)
    case .values(let columns, let rows): return try values(columns, rows)
    case .project(let items, let child):
      let compiler = compiler(child)
      let computations = try items.map { (item) throws(FlintError) in try compiler.compile(item.expression) }
      return ProjectStream(try stream(child), computations, plan.output.schema, kernels)
    case .filter(let condition, let child):
      return FilterStream(try stream(child), try compiler(child).compile(condition), kernels)
    case .aggregate(let aggregation, let child):
      return try AggregateStream(try stream(child), aggregation, compiler(child), plan.output.schema, memory)
    case .join(let join): return try self.join(join, plan.output)
    case .union(let columns, let children):
      return UnionStream(
        try children.map { (child) throws(FlintError) in try stream(child) }, columns.schema)
    case .sort(let orders, let child):
      return try SortStream(try stream(child), orders, child.output, limit: nil, compiler(child), memory)
    case .limit(let count, let offset, let child):
      if let count, case .sort(let orders, let inner) = child, count + offset <= 1 << 20 {
        let sorted = try SortStream(
          try stream(inner), orders, inner.output, limit: count + offset, compiler(inner), memory)
        return LimitStream(sorted, count: count, offset: offset, kernels)
      }
      return LimitStream(try stream(child), count: count, offset: offset, kernels)
    case .window(let step, let child):
      return WindowStream(try stream(child), step, child.output, compiler(child), memory)
    case .generate(let generation, let child):
      return try GenerateStream(try stream(child), generation, plan.output.schema, compiler(child))
    case .repartition(_, _, let child): return try stream(child)
    case .sample(let fraction, let seed, let child):
      return SampleStream(try stream(child), fraction: fraction, seed: seed, kernels)
    }
  }

  private func compiler(_ child: LogicalPlan) -> Compiler { Compiler(child.output, kernels, zones: zones) }

  private func scan(_ scan: TableScan) throws(FlintError) -> any BatchStream {
    switch scan.table.rows {
    case .files(let table):
      let pruning = PartitionPruning(scan, table.partitionSchema, kernels, zones: zones)
      let wanted = if let parts { parts } else { try pruning.parts(table.parts(parallelism: 1)) }
      return FilesStream(scan, table, wanted, files, limits, kernels, counters)
    case .input(let number): return inputs[number]
    case .shared, .dataset: preconditionFailure("\(scan.table.name) is an input of its stage")
    case .batches(let batches):
      let numbers = scan.columns.map { scan.table.schema.index(of: $0.name) ?? 0 }
      return BatchesStream(
        batches.map { batch in
          Batch(
            scan.columns.schema, numbers.map { batch.columns[$0] }, length: batch.length, selection: batch.selection)
        })
    }
  }

  private func values(_ columns: [Attribute], _ rows: [[Literal]]) throws(FlintError) -> any BatchStream {
    var vectors: [Vector] = []
    for (index, column) in columns.enumerated() {
      let builder = try kernels.memory.builder(column.type, capacity: rows.count)
      for row in rows { try row[index].append(to: builder) }
      vectors.append(try builder.finish())
    }
    return BatchesStream([Batch(columns.schema, vectors, length: rows.count)])
  }

  /// The table of the right side, when all tasks have its rows.
  private func sharedTable(_ join: Join) throws(FlintError) -> SharedTable? {
    guard case .scan(let scan) = join.right, case .input(let number) = scan.table.rows, let rows = shared[number]
    else { return nil }
    // It outlives this task, whose memory goes.
    let memory = ColumnMemory(budget: MemoryBudget(limit: sharedLimit), idle: idleSlabs)
    let own = Kernels(memory, rules: kernels.rules, zone: kernels.zone)
    return SharedTable(
      rows: rows, keys: join.keys.keys.map(\.right), join: try CompiledJoin(join, own, zones: zones), own)
  }

  /// A right join is a left one of exchanged sides, whose columns are put back.
  private func join(_ join: Join, _ output: [Attribute]) throws(FlintError) -> any BatchStream {
    guard join.kind == .right else {
      let compiled = try CompiledJoin(join, kernels, zones: zones)
      let (left, right) = (try stream(join.left), try stream(join.right))
      if join.isMerged { return MergeJoinStream(compiled, left, right, kernels, memory) }
      return JoinStream(compiled, left, right, kernels, memory, try sharedTable(join))
    }
    var turned = join
    turned.kind = .left
    turned.left = join.right
    turned.right = join.left
    let items = output.map { NamedExpression($0) }
    return try stream(.project(items, .join(turned)))
  }
}
