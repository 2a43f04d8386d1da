internal import FlintDatasets

/// Steps that join with a small table.
extension SwarmStep {
  static let joining: [SwarmStep] = [
    joinStep, leftOuterJoinStep, rightOuterJoinStep, fullOuterJoinStep, subtractByKeyStep, cogroupStep,
  ]

  private static let joinStep = SwarmStep("join") { rows, scope in
    rows.join(scope.table, partitions: scope.partitions).mapValues { $0.0 &+ $0.1 }
  } model: { rows, _ in
    rows.flatMap { row in Model.others(row.0).map { (row.0, row.1 &+ $0) } }
  }

  private static let leftOuterJoinStep = SwarmStep("leftOuterJoin") { rows, scope in
    rows.leftOuterJoin(scope.table).mapValues { $0.0 &+ ($0.1 ?? -1) }
  } model: { rows, _ in
    rows.flatMap { row -> [Pair] in
      let others = Model.others(row.0)
      return others.isEmpty ? [(row.0, row.1 &- 1)] : others.map { (row.0, row.1 &+ $0) }
    }
  }

  private static let rightOuterJoinStep = SwarmStep("rightOuterJoin") { rows, scope in
    rows.rightOuterJoin(scope.table).mapValues { ($0.0 ?? -2) &+ $0.1 }
  } model: { rows, _ in
    let joined = rows.flatMap { row in Model.others(row.0).map { (row.0, row.1 &+ $0) } }
    let keys = Set(rows.map(\.0))
    return joined + SwarmScope.table.filter { !keys.contains($0.0) }.map { ($0.0, $0.1 &- 2) }
  }

  private static let fullOuterJoinStep = SwarmStep("fullOuterJoin") { rows, scope in
    rows.fullOuterJoin(scope.table, partitions: scope.partitions).mapValues { ($0.0 ?? -3) &+ ($0.1 ?? -4) }
  } model: { rows, _ in
    let left = rows.flatMap { row -> [Pair] in
      let others = Model.others(row.0)
      return others.isEmpty ? [(row.0, row.1 &- 4)] : others.map { (row.0, row.1 &+ $0) }
    }
    let keys = Set(rows.map(\.0))
    return left + SwarmScope.table.filter { !keys.contains($0.0) }.map { ($0.0, $0.1 &- 3) }
  }

  private static let subtractByKeyStep = SwarmStep("subtractByKey") { rows, scope in
    rows.subtractByKey(scope.table.filter { $0.0 % 2 == 0 })
  } model: { rows, _ in
    rows.filter { row in row.0 % 2 != 0 || Model.others(row.0).isEmpty }
  }

  private static let cogroupStep = SwarmStep("cogroup") { rows, scope in
    rows.cogroup(scope.table).mapValues { $0.0.reduce($0.1.count, &+) }
  } model: { rows, _ in
    let groups = Dictionary(uniqueKeysWithValues: Model.groups(rows).map { ($0.0, $0.1) })
    return Set(groups.keys).union(SwarmScope.table.map(\.0)).map { key in
      (key, Model.sum(groups[key] ?? []) &+ Model.others(key).count)
    }
  }
}
