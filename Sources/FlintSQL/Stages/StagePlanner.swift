internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

/// Cuts a plan into stages: datasets of the runtime, between which rows are exchanged. Everything between two exchanges is
/// computed in one task.
struct StagePlanner {
  let session: Session
  let settings: ComputingSettings
  /// Where the user asked for the rows.
  let site: OperatorSite
  let partitions: ExchangePartitions
  /// Kernels that compute nothing but types.
  let kernels: Kernels
  let zones: [String: ZoneRules]
  /// Exchanges that are there; nil when none can be needed twice.
  let known: KnownExchanges?

  /// A stage that is not a dataset yet: what stands above it may still become a part of it.
  struct Draft {
    var program: StageProgram
    var dependencies: [Dependency] = []
    var partitionCount: Int
    /// What travels with the task of each partition: its files, or its rows.
    var data: [[UInt8]]?
  }

  /// The dataset of a plan's rows, in whose expressions no queries are left.
  /// With a level the executors keep the rows.
  func dataset(_ plan: LogicalPlan, keeping level: StorageLevel? = nil) throws -> LineageNode {
    node(try draft(plan), keeping: level)
  }

  // MARK: Stages.

  func draft(_ plan: LogicalPlan) throws -> Draft {
    switch plan {
    case .scan(let scan): return try self.scan(scan)
    case .values: return Draft(program: program(plan), partitionCount: 1)
    case .project(_, let child), .filter(_, let child), .generate(_, let child), .sample(_, _, let child):
      var draft = try draft(child)
      draft.program.plan = plan.with([draft.program.plan])
      return draft
    case .limit(let count, let offset, let child): return try limit(count, offset, child)
    case .sort(let orders, let child):
      let below = try draft(child)
      return over(plan, below.partitionCount == 1 ? below : ranged(below, orders, partitions.count([child])))
    case .aggregate(let aggregation, let child): return try aggregate(aggregation, plan, child)
    case .join(let join): return try self.join(join)
    case .union(let columns, let children): return try union(columns, children)
    case .window(let step, let child):
      let dealing = Dealing.hash(step.partition)
      let count = step.partition.isEmpty ? 1 : partitions.count([child])
      return over(plan, exchanged(try draft(child), dealing, partitions: count))
    case .repartition(let count, let keys, let child):
      let count = count ?? partitions.least
      guard count > 0 else {
        throw FlintError(.invalidArgument, "rows are put into \(count) partitions", at: site.location)
      }
      return exchanged(try draft(child), keys.isEmpty ? .inTurn : .hash(keys), partitions: count)
    }
  }

  private func program(_ plan: LogicalPlan) -> StageProgram { StageProgram(plan: plan, settings: settings) }

  /// A plan over one child, which a draft has already.
  private func over(_ plan: LogicalPlan, _ draft: Draft) -> Draft {
    var draft = draft
    draft.program.plan = plan.with([draft.program.plan])
    return draft
  }

  // MARK: Leaves.

  private func scan(_ scan: TableScan) throws -> Draft {
    switch scan.table.rows {
    case .input: return Draft(program: program(.scan(scan)), partitionCount: 1)
    case .shared(let blocks):
      var program = program(.input(0, scan.columns))
      program.inputs = [.broadcast(blocks)]
      return Draft(program: program, partitionCount: 1)
    case .batches(let batches):
      let numbers = scan.columns.map { scan.table.schema.index(of: $0.name) ?? 0 }
      var bytes: [UInt8] = []
      for batch in batches {
        try BlockList.append(try BatchBlock.encode(batch.selecting(columns: numbers), kernels), to: &bytes)
      }
      var program = program(.input(0, scan.columns))
      program.inputs = [.carried]
      return Draft(program: program, partitionCount: 1, data: [bytes])
    case .dataset(let node): return dataset(node, scan)
    case .files(let table):
      let pruning = PartitionPruning(scan, table.partitionSchema, kernels, zones: zones)
      let parts = try pruning.parts(table.parts(parallelism: partitions.least))
      let groups = PartGrouping(partitionCount: partitions.least).groups(parts)
      guard !groups.isEmpty else {
        return Draft(program: program(.values(scan.columns, [])), partitionCount: 1)
      }
      return Draft(
        program: program(.scan(scan)), partitionCount: groups.count,
        data: try groups.map { (files) throws(FlintError) in try RowBlock.encode(files, form: .rows) })
    }
  }

  /// The batches of a dataset have all columns of its table.
  private func dataset(_ node: LineageNode, _ scan: TableScan) -> Draft {
    let all = scan.table.schema.fields.enumerated().map { place, field in
      scan.columns.first { $0.name == field.name }
        ?? Attribute(
          id: ColumnID(number: -1 - place), name: field.name, type: field.type, isNullable: field.isNullable)
    }
    var program = program(.project(scan.columns.map { NamedExpression($0) }, .input(0, all)))
    program.inputs = [.narrow(0)]
    return Draft(program: program, dependencies: [.narrow(node, .oneToOne)], partitionCount: node.partitionCount)
  }

  // MARK: Exchanges.

  /// The dataset of a draft.
  func node(_ draft: Draft, keeping level: StorageLevel? = nil) -> LineageNode {
    let id = session.runtime.nextDataset()
    let (program, finder) = draft.program.numbered
    let schema = program.plan.output.schema
    let factory = NodeFactory { StageOperator(program.finding(finder), id, schema) }
    let lease = level.map { _ in KeptLease(id, session.runtime) }
    return session.node(
      site, partitionCount: draft.partitionCount, dependencies: draft.dependencies, storageLevel: level, id: id,
      operation: StageOperation(factory: factory, data: draft.data, lease: lease))
  }

  private func dependency(
    _ draft: Draft, _ dealing: Dealing, _ columns: [Attribute], partitions: Int
  ) -> (ShuffleID, Dependency) {
    guard let known else { return fresh(draft, dealing, columns, partitions: partitions) }
    return known.exchange(draft, dealing, partitions: partitions) {
      fresh(draft, dealing, columns, partitions: partitions)
    }
  }

  private func fresh(
    _ draft: Draft, _ dealing: Dealing, _ columns: [Attribute], partitions: Int
  ) -> (ShuffleID, Dependency) {
    let shuffle = session.runtime.nextShuffle()
    let settings = settings
    let (numbered, finder) = dealing.numbered
    let factory = ShuffleWriterFactory { DealingWriter(numbered.finding(finder), columns, settings) }
    let lease = ShuffleLease(shuffle, session.runtime)
    let scheme: Partitioner.Scheme =
      switch dealing {
      case .inTurn: .roundRobin
      case .hash, .firstColumns: .custom(name: "columns \(shuffle.rawValue)")
      case .ranges: .range(sample: shuffle.rawValue)
      }
    return (
      shuffle,
      .wide(
        ShuffleDependency(
          id: shuffle, parent: node(draft), partitioner: Partitioner(scheme, partitionCount: partitions),
          operation: StageExchange(factory: factory, lease: lease)))
    )
  }

  /// A stage that begins with the rows of another one, dealt anew.
  private func exchanged(_ draft: Draft, _ dealing: Dealing, partitions: Int) -> Draft {
    let columns = draft.program.plan.output
    let (shuffle, dependency) = dependency(draft, dealing, columns, partitions: partitions)
    var program = program(.input(0, columns))
    program.inputs = [.exchanged(shuffle)]
    return Draft(program: program, dependencies: [dependency], partitionCount: partitions)
  }

  /// A stage that begins with the rows of another one in ranges of an order.
  private func ranged(_ draft: Draft, _ orders: [TypedOrder], _ partitionCount: Int) -> Draft {
    let columns = draft.program.plan.output
    let parent = node(draft)
    let shuffle = session.runtime.nextShuffle()
    let (session, settings, site) = (session, settings, site)
    let sample = RangeSample(orders: orders, partitionCount: partitionCount, kernels: kernels)
    let limit = max(200, 100 * partitionCount / parent.partitionCount)
    let exchange = RangeExchange(orders, columns, settings, lease: ShuffleLease(shuffle, session.runtime)) {
      var samples: [[UInt8]] = []
      let (dealing, finder) = Dealing.ranges(orders, bounds: []).numbered
      let factory = ResultFactory { RangeSample.Keys(dealing.finding(finder), columns, settings, limit: limit) }
      try await session.run(parent, site, factory) { samples.append($0.bytes) }
      return try sample.bounds(samples)
    }
    let dependency = ShuffleDependency(
      id: shuffle, parent: parent,
      partitioner: Partitioner(.range(sample: shuffle.rawValue), partitionCount: partitionCount), operation: exchange)
    var program = program(.input(0, columns))
    program.inputs = [.exchanged(shuffle)]
    return Draft(program: program, dependencies: [.wide(dependency)], partitionCount: partitionCount)
  }

  // MARK: Operators.

  private func limit(_ count: Int?, _ offset: Int, _ child: LogicalPlan) throws -> Draft {
    let whole = LogicalPlan.limit(count: count, offset: offset, child)
    guard let count else { return over(whole, exchanged(try draft(child), .inTurn, partitions: 1)) }
    // Each task gives as many rows as all together may give at most.
    if case .sort(let orders, let inner) = child {
      let below = try draft(inner)
      let first = LogicalPlan.limit(count: count + offset, offset: 0, .sort(orders, below.program.plan))
      var top = below
      top.program.plan = first
      let merged = exchanged(top, .inTurn, partitions: 1)
      var draft = merged
      draft.program.plan = .limit(count: count, offset: offset, .sort(orders, merged.program.plan))
      return draft
    }
    var below = try draft(child)
    below.program.plan = .limit(count: count + offset, offset: 0, below.program.plan)
    return over(whole, below.partitionCount == 1 ? below : exchanged(below, .inTurn, partitions: 1))
  }

  private func aggregate(_ aggregation: Aggregation, _ plan: LogicalPlan, _ child: LogicalPlan) throws -> Draft {
    var below = try draft(child)
    let hasDistinct = aggregation.calls.contains(where: \.call.isDistinct)
    let count = aggregation.keys.isEmpty ? 1 : partitions.count([hasDistinct ? child : plan])
    guard !hasDistinct else {
      // Which values are different is known where all of a key are.
      return over(plan, exchanged(below, .hash(aggregation.keys.map(\.expression)), partitions: count))
    }
    below.program.ending = .partial(aggregation)
    let (shuffle, dependency) = dependency(
      below, .firstColumns(aggregation.keys.count), [], partitions: count)
    var program = program(.input(0, plan.output))
    program.inputs = [.merged(shuffle, aggregation)]
    return Draft(program: program, dependencies: [dependency], partitionCount: count)
  }

  private func join(_ join: Join) throws -> Draft {
    if case .scan(let scan) = join.right, case .shared(let blocks) = scan.table.rows {
      // The larger side stays where it is.
      var draft = try draft(join.left)
      var whole = join
      whole.left = draft.program.plan
      whole.right = .input(draft.program.inputs.count, scan.columns)
      draft.program.plan = .join(whole)
      draft.program.inputs.append(.broadcast(blocks))
      return draft
    }
    let (keys, _) = join.keys
    let left = try draft(join.left)
    let right = try draft(join.right)
    // Whether the right side has any row, and a null among them, must be known to all rows of the left one.
    let count = keys.isEmpty || join.kind == .antiUnlessNull ? 1 : partitions.count([join.left, join.right])
    let leftDealing = keys.isEmpty ? Dealing.inTurn : .hash(keys.map(\.left))
    let rightDealing = keys.isEmpty ? Dealing.inTurn : .hash(keys.map(\.right))
    let leftColumns = left.program.plan.output
    let rightColumns = right.program.plan.output
    let (leftShuffle, leftDependency) = dependency(left, leftDealing, leftColumns, partitions: count)
    let (rightShuffle, rightDependency) = dependency(right, rightDealing, rightColumns, partitions: count)
    var both = join
    both.left = .input(0, leftColumns)
    both.right = .input(1, rightColumns)
    var program = program(.join(both))
    program.inputs = [.exchanged(leftShuffle), .exchanged(rightShuffle)]
    return Draft(program: program, dependencies: [leftDependency, rightDependency], partitionCount: count)
  }

  /// The partitions of all children beside each other.
  private func union(_ columns: [Attribute], _ children: [LogicalPlan]) throws -> Draft {
    var program = program(.input(0, columns))
    var dependencies: [Dependency] = []
    var leaves: [LogicalPlan] = []
    var start = 0
    for (number, child) in children.enumerated() {
      let below = try draft(child)
      dependencies.append(
        .narrow(node(below), .offset(start: start, count: below.partitionCount)))
      leaves.append(.input(number, below.program.plan.output))
      program.inputs.append(.narrow(number))
      start += below.partitionCount
    }
    program.plan = .union(columns, leaves)
    return Draft(program: program, dependencies: dependencies, partitionCount: start)
  }
}
