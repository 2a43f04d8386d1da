internal import FlintCore
internal import FlintTasks

/// The values of a partition's keys. The table spills when memory is short: all entries go to disk in parts by hash, and the
/// parts are finished one after another; one that is still too large is divided again.
final class AggregationStream<Key: Hashable, Value, Output>: RowStream {
  private let plan: AggregationPlan<Key, Value, Output>
  private let feeds: [AggregationFeed<Key, Value>]
  private let context: any TaskContext
  private let table = AggregationTable<Key, Value>()
  private let memory: TableMemory<Key, Value>
  private let batch = RowBatch<Output>()
  private var hasRead = false
  private var emittedCount = 0
  private var file: (any SpillFile)?
  /// Where the entries of the table go to that is being filled.
  private var spill: SpilledParts<(Key, Value)>?
  /// Parts that are not finished.
  private var pending: [(parts: SpilledParts<(Key, Value)>, number: Int)] = []

  init(
    _ plan: AggregationPlan<Key, Value, Output>, _ feeds: [AggregationFeed<Key, Value>], _ context: any TaskContext
  ) {
    self.plan = plan
    self.feeds = feeds
    self.context = context
    memory = TableMemory(plan.kernel, retainsRows: plan.retainsRows, context: context)
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    if !hasRead {
      hasRead = true
      for feed in feeds { try await read(feed) }
      try await finishSpill(level: 0)
    }
    while emittedCount == table.count {
      guard let part = pending.popLast() else {
        await end()
        return nil
      }
      try await read(part.parts, part.number)
    }
    let end = min(emittedCount + context.limits.rowsPerBatch, table.count)
    batch.rows.removeAll(keepingCapacity: true)
    try plan.code.run(context) { try plan.output(table, emittedCount..<end, &batch.rows) }
    emittedCount = end
    return batch
  }

  // MARK: Filling the table.

  private func read(_ feed: AggregationFeed<Key, Value>) async throws {
    while let count = try await feed.fetch() {
      try context.checkCancellation()
      try await makeRoom(for: count, rowBytes: feed.rowBytes, level: 0)
      try plan.code.run(context) { try feed.merge(into: table) }
    }
  }

  private func read(_ parts: SpilledParts<(Key, Value)>, _ number: Int) async throws {
    await clear()
    let level = parts.level + 1
    for block in parts.parts[number].blocks {
      try context.checkCancellation()
      let (rows, size) = try await parts.read(block)
      try await makeRoom(for: rows.count, rowBytes: size / max(rows.count, 1), level: level)
      try plan.code.run(context) { try plan.kernel.mergePartials(table, rows) }
    }
    try await finishSpill(level: level)
  }

  private func makeRoom(for count: Int, rowBytes: Int, level: Int) async throws {
    if try await hasRoom(for: count, rowBytes) { return }
    // A part of one key cannot be divided, and one that was divided so often has none but such.
    if level >= SpillLimits.levels || level > 0 && table.count == 1 { throw tooLarge(nil) }
    try await spillTable(level: level)
    _ = try await hasRoom(for: count, rowBytes)
  }

  private func hasRoom(for count: Int, _ rowBytes: Int) async throws -> Bool {
    do {
      return try await memory.hasRoom(for: count, rowBytes: rowBytes, in: table)
    } catch let error as FlintError where error.code == .memoryBudgetExceeded {
      throw tooLarge(error)
    }
  }

  private func tooLarge(_ cause: FlintError?) -> FlintError {
    FlintError(
      .memoryBudgetExceeded,
      plan.retainsRows
        ? "\(plan.name) cannot hold all rows of one key" : "\(plan.name) cannot hold the value of one key",
      why: cause?.why ?? "one key has more of them than the task may keep in memory",
      remedy: plan.retainsRows
        ? "use reduceByKey or aggregateByKey, which keep one value a key" : "give the executors more memory",
      cause: cause)
  }

  // MARK: Spilling.

  private func spillTable(level: Int) async throws {
    let spill = try await openSpill(level: level)
    var hashes: [UInt64] = []
    plan.kernel.appendHashes(table, &hashes)
    let count = SpillLimits.partCount
    let order = BucketOrder(hashes, count: count) { KeyHash.part(of: $0, level: level, count: count) }
    var rows: [(Key, Value)] = []
    for part in 0..<count {
      var numbers = order[part]
      while !numbers.isEmpty {
        rows.removeAll(keepingCapacity: true)
        let block = numbers.prefix(spill.rowsPerBlock)
        plan.kernel.gather(table, block, &rows)
        try await spill.append(rows, to: part)
        numbers = numbers.dropFirst(block.count)
      }
    }
    rows = []
    await clear()
  }

  /// Once something has gone to disk, the rest goes there too: its keys may be the same.
  private func finishSpill(level: Int) async throws {
    guard spill != nil else { return }
    try await spillTable(level: level)
    guard let parts = spill.take() else { return }
    for number in parts.parts.indices where parts.parts[number].rowCount > 0 { pending.append((parts, number)) }
  }

  private func openSpill(level: Int) async throws -> SpilledParts<(Key, Value)> {
    if let spill { return spill }
    let file: any SpillFile
    if let open = self.file { file = open } else { file = try await context.makeSpillFile() }
    self.file = file
    let opened = try SpilledParts<(Key, Value)>(level: level, file: file)
    spill = opened
    return opened
  }

  private func clear() async {
    table.removeAll()
    emittedCount = 0
    await memory.release()
  }

  private func end() async {
    await clear()
    await file?.remove()
    file = nil
  }
}
