internal import FlintDatasets
internal import FlintLineage

/// Steps that keep rows or write them down, and use them twice.
extension SwarmStep {
  static let kept: [SwarmStep] = [
    cacheStep, persist("memoryOnly", .memoryOnly), persist("memoryAndDisk", .memoryAndDisk),
    persist("memoryOnlySerialized", .memoryOnlySerialized),
    persist("memoryAndDiskSerialized", .memoryAndDiskSerialized), persist("diskOnly", .diskOnly),
    persist("replicated", StorageLevel.memoryAndDisk.replicatedTwice), checkpointStep,
  ]

  private static let cacheStep = SwarmStep("cache") { rows, scope in
    try await countedTwice(rows.cache(), scope)
  } model: { rows, _ in
    rows
  }

  private static func persist(_ name: String, _ level: StorageLevel) -> SwarmStep {
    SwarmStep("persist.\(name)") { rows, scope in
      try await countedTwice(rows.persist(level), scope)
    } model: { rows, _ in
      rows
    }
  }

  private static func countedTwice(_ kept: Dataset<Pair>, _ scope: SwarmScope) async throws -> Dataset<Pair> {
    let count = try await kept.count()
    try scope.require(try await kept.count() == count, "kept rows are \(count) and then others")
    if scope.parameter % 3 == 0 { kept.unpersist() }
    return kept
  }

  private static let checkpointStep = SwarmStep("checkpoint") { rows, scope in
    try await rows.checkpoint(scope.path("checkpoint"))
  } model: { rows, _ in
    rows
  }

  /// Values that all executors get, and sums of all tasks.
  static let shared: [SwarmStep] = [
    broadcastStep, accumulatorStep, exchangedAccumulatorStep,
  ]

  private static let broadcastStep = SwarmStep("broadcast") { rows, scope in
    let table = try await scope.session.broadcast(Dictionary(SwarmScope.table, uniquingKeysWith: max))
    return rows.map { ($0.0, $0.1 &+ (table.value[$0.0] ?? 0)) }
  } model: { rows, _ in
    let table = Dictionary(SwarmScope.table, uniquingKeysWith: max)
    return rows.map { ($0.0, $0.1 &+ (table[$0.0] ?? 0)) }
  }

  private static let accumulatorStep = SwarmStep("accumulator") { rows, scope in
    let seen = try scope.session.sum(of: Int.self)
    let count = try await rows.map { row -> Pair in
      seen.add(1)
      return row
    }.count()
    try scope.require(seen.value == count, "\(seen.value) rows were added up of \(count)")
    return rows
  } model: { rows, _ in
    rows
  }

  private static let exchangedAccumulatorStep = SwarmStep("accumulator.map") { rows, scope in
    let seen = try scope.session.sum(of: Int.self)
    let count = try await rows.count()
    _ = try await rows.map { row -> Pair in
      seen.add(1)
      return row
    }.reduceByKey { $0 &+ $1 }.count()
    try scope.require(seen.value == count, "\(seen.value) rows were added up of \(count), before an exchange")
    return rows
  } model: { rows, _ in
    rows
  }

  /// Rows as texts.
  static let texts: [SwarmStep] = [
    wordsStep, fieldsStep,
  ]

  private static let wordsStep = SwarmStep("words") { rows, _ in
    rows.map { "\($0.0)x\($0.1) and" }.words().compactMap(Self.parse)
  } model: { rows, _ in
    rows
  }

  private static let fieldsStep = SwarmStep("fields") { rows, _ in
    rows.map { "\($0.0),between,\($0.1)" }.fields(columns: [0, 2]).map { (Int($0[0]) ?? 0, Int($0[1]) ?? 0) }
  } model: { rows, _ in
    rows
  }

  private static func parse(_ word: String) -> Pair? {
    let parts = word.split(separator: "x")
    guard parts.count == 2, let key = Int(parts[0]), let value = Int(parts[1]) else { return nil }
    return (key, value)
  }
}
