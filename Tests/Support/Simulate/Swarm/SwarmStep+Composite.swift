internal import FlintDatasets

/// Steps over keys of two and three parts.
extension SwarmStep {
  private static func two(_ rows: Dataset<Pair>) -> Dataset<((Int, Int), Int)> {
    rows.map { (($0.0, $0.1 % 3), $0.1) }
  }

  private static func three(_ rows: Dataset<Pair>) -> Dataset<((Int, Int, String), Int)> {
    rows.map { (($0.0, $0.1 % 3, $0.1 % 2 == 0 ? "even" : "odd"), $0.1) }
  }

  /// Sums by key and rest, as rows of the key.
  private static func sums(_ rows: [Pair], _ rest: (Int) -> Int) -> [Pair] {
    Model.groups(rows).flatMap { key, values -> [Pair] in
      Model.groups(values.map { (rest($0), $0) }).map { (key, Model.sum($0.1)) }
    }
  }

  private static func half(_ value: Int) -> Int { (value % 3 + 3) * 2 + (value % 2 == 0 ? 0 : 1) }

  static let composite: [SwarmStep] = [
    pairReduceByKeyStep, pairAggregateByKeyStep, pairGroupByKeyStep, pairJoinStep, pairLeftOuterJoinStep,
    tripleReduceByKeyStep, tripleAggregateByKeyStep, tripleGroupByKeyStep, tripleJoinStep, tripleLeftOuterJoinStep,
  ]

  private static let pairReduceByKeyStep = SwarmStep("pair.reduceByKey") { rows, _ in
    two(rows).reduceByKey { $0 &+ $1 }.map { ($0.0.0, $0.1) }
  } model: { rows, _ in
    sums(rows) { $0 % 3 }
  }

  private static let pairAggregateByKeyStep = SwarmStep("pair.aggregateByKey") { rows, _ in
    two(rows).aggregateByKey(0, add: { $0 = $0 &+ $1 }, merge: { $0 = $0 &+ $1 }).map { ($0.0.0, $0.1) }
  } model: { rows, _ in
    sums(rows) { $0 % 3 }
  }

  private static let pairGroupByKeyStep = SwarmStep("pair.groupByKey") { rows, _ in
    two(rows).groupByKey().map { ($0.0.0, $0.1.reduce(0, &+)) }
  } model: { rows, _ in
    sums(rows) { $0 % 3 }
  }

  private static let pairJoinStep = SwarmStep("pair.join") { rows, scope in
    let left = two(rows)
    return left.join(left.reduceByKey { first, _ in first }).map { ($0.0.0, $0.1.0) }
  } model: { rows, _ in
    rows
  }

  private static let pairLeftOuterJoinStep = SwarmStep("pair.leftOuterJoin") { rows, scope in
    two(rows).leftOuterJoin(two(scope.table).filter { $0.1 < 0 }).map { ($0.0.0, $0.1.0 &+ ($0.1.1 ?? 1)) }
  } model: { rows, _ in
    rows.map { ($0.0, $0.1 &+ 1) }
  }

  private static let tripleReduceByKeyStep = SwarmStep("triple.reduceByKey") { rows, _ in
    three(rows).reduceByKey { $0 &+ $1 }.map { ($0.0.0, $0.1) }
  } model: { rows, _ in
    sums(rows, half)
  }

  private static let tripleAggregateByKeyStep = SwarmStep("triple.aggregateByKey") { rows, _ in
    three(rows).aggregateByKey(0, add: { $0 = $0 &+ $1 }, merge: { $0 = $0 &+ $1 }).map { ($0.0.0, $0.1) }
  } model: { rows, _ in
    sums(rows, half)
  }

  private static let tripleGroupByKeyStep = SwarmStep("triple.groupByKey") { rows, _ in
    three(rows).groupByKey().map { ($0.0.0, $0.1.reduce(0, &+)) }
  } model: { rows, _ in
    sums(rows, half)
  }

  private static let tripleJoinStep = SwarmStep("triple.join") { rows, _ in
    let left = three(rows)
    return left.join(left.reduceByKey { first, _ in first }).map { ($0.0.0, $0.1.0) }
  } model: { rows, _ in
    rows
  }

  private static let tripleLeftOuterJoinStep = SwarmStep("triple.leftOuterJoin") { rows, scope in
    three(rows).leftOuterJoin(three(scope.table).filter { $0.1 < 0 }).map { ($0.0.0, $0.1.0 &+ ($0.1.1 ?? 1)) }
  } model: { rows, _ in
    rows.map { ($0.0, $0.1 &+ 1) }
  }
}
