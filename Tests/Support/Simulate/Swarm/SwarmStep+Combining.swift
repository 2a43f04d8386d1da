internal import FlintDatasets

/// Steps that combine rows of equal keys, and those that move rows between partitions.
extension SwarmStep {
  static let combining: [SwarmStep] = [
    reduceByKeyStep, aggregateByKeyStep, combineByKeyStep, groupByKeyStep, groupedAggregateStep, groupedExtremesStep,
    distinctStep,
  ]

  private static let reduceByKeyStep = SwarmStep("reduceByKey") { rows, scope in
    rows.reduceByKey(partitions: scope.partitions) { $0 &+ $1 }
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, Model.sum($0.1)) }
  }

  private static let aggregateByKeyStep = SwarmStep("aggregateByKey") { rows, _ in
    rows.aggregateByKey(0, add: { $0 = Swift.max($0, $1) }, merge: { $0 = Swift.max($0, $1) })
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, $0.1.reduce(0, max)) }
  }

  private static let combineByKeyStep = SwarmStep("combineByKey") { rows, _ in
    rows.combineByKey(create: { $0 &* 2 }, add: { $0 = $0 &+ $1 &* 2 }, merge: { $0 = $0 &+ $1 })
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, Model.sum($0.1) &* 2) }
  }

  private static let groupByKeyStep = SwarmStep("groupByKey") { rows, scope in
    rows.groupByKey(partitions: scope.partitions).mapValues { values in values.reduce(values.count, &+) }
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, Model.sum($0.1) &+ $0.1.count) }
  }

  private static let groupedAggregateStep = SwarmStep("grouped.aggregate") { rows, _ in
    rows.grouped { $0.0 }.aggregate(.sum { $0.1 }, .count).map { ($0.0, $0.1.0 &+ $0.1.1) }
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, Model.sum($0.1) &+ $0.1.count) }
  }

  private static let groupedExtremesStep = SwarmStep("grouped.extremes") { rows, _ in
    rows.grouped { $0.0 }.aggregate(.min { $0.1 }, .max { $0.1 }).map { ($0.0, $0.1.0 &+ $0.1.1 &* 3) }
  } model: { rows, _ in
    Model.groups(rows).map { ($0.0, ($0.1.min() ?? 0) &+ ($0.1.max() ?? 0) &* 3) }
  }

  private static let distinctStep = SwarmStep("distinct") { rows, _ in
    rows.map { "\($0.0) \($0.1)" }.distinct().map { text in
      let parts = text.split(separator: " ")
      return (Int(parts[0]) ?? 0, Int(parts[1]) ?? 0)
    }
  } model: { rows, _ in
    Set(rows.map { [$0.0, $0.1] }).map { ($0[0], $0[1]) }
  }

  static let exchanging: [SwarmStep] = [
    partitionByStep, repartitionStep, sortByStep, sortedStep, sortByKeyStep,
  ]

  private static let partitionByStep = SwarmStep("partitionBy") { rows, scope in
    rows.partitionBy(scope.partitions)
  } model: { rows, _ in
    rows
  }

  private static let repartitionStep = SwarmStep("repartition") { rows, scope in
    rows.repartition(scope.partitions)
  } model: { rows, _ in
    rows
  }

  private static let sortByStep = SwarmStep("sortBy") { rows, scope in
    rows.sortBy(descending: scope.parameter % 2 == 0, partitions: scope.partitions) { $0.1 }
  } model: { rows, _ in
    rows
  }

  private static let sortedStep = SwarmStep("sorted") { rows, scope in
    rows.sorted(by: { $0.0 }, partitions: scope.partitions)
  } model: { rows, _ in
    rows
  }

  private static let sortByKeyStep = SwarmStep("sortByKey") { rows, scope in
    let sorted = rows.sortByKey(partitions: scope.partitions)
    let keys = try await sorted.keys().collect()
    try scope.require(keys == keys.sorted(), "rows that were sorted by their keys are not")
    return sorted
  } model: { rows, _ in
    rows
  }
}
