internal import FlintDatasets

/// Steps that need no exchange.
extension SwarmStep {
  static let narrow: [SwarmStep] = [
    mapStep, filterStep, flatMapStep, compactMapStep, keyByStep, mapValuesStep, keysStep, valuesStep, unionStep,
    coalesceStep, sampleStep,
  ]

  private static let mapStep = SwarmStep("map") { rows, scope in
    let parameter = scope.parameter
    return rows.map { ($0.0, $0.1 &* 3 &+ parameter) }
  } model: { rows, parameter in
    rows.map { ($0.0, $0.1 &* 3 &+ parameter) }
  }

  private static let filterStep = SwarmStep("filter") { rows, scope in
    let parameter = scope.parameter
    return rows.filter { ($0.1 &+ parameter) % 3 != 0 }
  } model: { rows, parameter in
    rows.filter { ($0.1 &+ parameter) % 3 != 0 }
  }

  private static let flatMapStep = SwarmStep("flatMap") { rows, _ in
    rows.flatMap { row -> [Pair] in row.1 % 4 == 0 ? [row, (row.0, row.1 &+ 1)] : row.1 % 4 == 1 ? [] : [row] }
  } model: { rows, _ in
    rows.flatMap { row -> [Pair] in row.1 % 4 == 0 ? [row, (row.0, row.1 &+ 1)] : row.1 % 4 == 1 ? [] : [row] }
  }

  private static let compactMapStep = SwarmStep("compactMap") { rows, _ in
    rows.compactMap { row -> Pair? in row.1 % 5 == 2 ? nil : (row.0, row.1 &- 1) }
  } model: { rows, _ in
    rows.compactMap { row -> Pair? in row.1 % 5 == 2 ? nil : (row.0, row.1 &- 1) }
  }

  private static let keyByStep = SwarmStep("keyBy") { rows, _ in
    rows.keyBy { $0.1 % 7 }.map { key, row in (key, row.1 &+ row.0) }
  } model: { rows, _ in
    rows.map { ($0.1 % 7, $0.1 &+ $0.0) }
  }

  private static let mapValuesStep = SwarmStep("mapValues") { rows, scope in
    let parameter = scope.parameter
    return rows.mapValues { $0 &+ parameter }
  } model: { rows, parameter in
    rows.map { ($0.0, $0.1 &+ parameter) }
  }

  private static let keysStep = SwarmStep("keys") { rows, _ in
    rows.keys().map { ($0, $0 &* 2) }
  } model: { rows, _ in
    rows.map { ($0.0, $0.0 &* 2) }
  }

  private static let valuesStep = SwarmStep("values") { rows, _ in
    rows.values().map { ($0 % 11, $0) }
  } model: { rows, _ in
    rows.map { ($0.1 % 11, $0.1) }
  }

  private static let unionStep = SwarmStep("union") { rows, scope in
    rows.union(scope.table, rows.filter { $0.0 % 2 == 0 })
  } model: { rows, _ in
    rows + SwarmScope.table + rows.filter { $0.0 % 2 == 0 }
  }

  private static let coalesceStep = SwarmStep("coalesce") { rows, scope in
    rows.coalesce(scope.partitions)
  } model: { rows, _ in
    rows
  }

  private static let sampleStep = SwarmStep("sample") { rows, _ in
    rows.sample(1).union(rows.sample(0))
  } model: { rows, _ in
    rows
  }

  static let partitioned: [SwarmStep] = [
    mapPartitionsStep, mapPartitionsWaitingStep, mapPartitionsWithIndexStep, zipWithIndexStep,
  ]

  private static let mapPartitionsStep = SwarmStep("mapPartitions") { rows, _ in
    rows.mapPartitions { part -> [Pair] in part.map { ($0.0, $0.1 &+ 5) } }
  } model: { rows, _ in
    rows.map { ($0.0, $0.1 &+ 5) }
  }

  private static let mapPartitionsWaitingStep = SwarmStep("mapPartitions.waiting") { rows, _ in
    rows.mapPartitions { part in part.map { ($0.0, $0.1 &+ 6) } }
  } model: { rows, _ in
    rows.map { ($0.0, $0.1 &+ 6) }
  }

  private static let mapPartitionsWithIndexStep = SwarmStep("mapPartitionsWithIndex") { rows, _ in
    rows.mapPartitionsWithIndex { index, part -> [Pair] in part.map { ($0.0, index < 0 ? 0 : $0.1 &+ 7) } }
  } model: { rows, _ in
    rows.map { ($0.0, $0.1 &+ 7) }
  }

  private static let zipWithIndexStep = SwarmStep("zipWithIndex") { rows, _ in
    rows.zipWithIndex().map { row, index in index < 0 ? (0, 0) : row }
  } model: { rows, _ in
    rows
  }
}
