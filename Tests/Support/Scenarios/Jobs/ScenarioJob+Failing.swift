package import FlintChaos
internal import FlintCore
internal import FlintDatasets

/// Jobs whose own code fails.
extension ScenarioJob {
  /// Row 7 of 1,000 throws as often as the budget says.
  package static func throwing(_ budget: FailureBudget) -> ScenarioJob {
    ScenarioJob("a row that throws \(budget.rawValue)") { flint, ground in
      let tokens = ground.path(budget.rawValue)
      let count = try await flint.range(0..<1000, partitions: 4).map { number in
        if number == 7, FaultTokens.take(tokens) { throw Unlucky(row: number) }
        return number
      }.count()
      return ["\(count)"]
    } reference: {
      ["1000"]
    }
  }

  /// Row 7 of 1,000 throws what is not worth another try.
  package static let throwingForGood = ScenarioJob("a row that throws for good") { flint, _ in
    let count = try await flint.range(0..<1000, partitions: 4).map { number in
      if number == 7 { throw FlintError(.invalidArgument, "row 7 is not wanted") }
      return number
    }.count()
    return ["\(count)"]
  } reference: {
    ["1000"]
  }

  /// The same before an exchange, for which other tasks have written their rows by then, or still do.
  package static let throwingBeforeExchange = ScenarioJob("a row that throws before an exchange") { flint, _ in
    let numbers = flint.range(0..<1000, partitions: 8).map { number in
      if number == 7 { throw FlintError(.invalidArgument, "row 7 is not wanted") }
      return (number % 100, number)
    }
    return ["\(try await numbers.reduceByKey(partitions: 4, +).count())"]
  } reference: {
    ["100"]
  }

  /// The last row throws, in an output of which the other parts are written by then.
  package static let throwingWhileSaving = ScenarioJob("a row that throws in an output", outputs: ["output"]) {
    flint, ground in
    let lines = flint.range(0..<1000, partitions: 4).map { number in
      if number == 999 { throw FlintError(.invalidArgument, "row 999 is not wanted") }
      return "\(number)"
    }
    try await lines.saveAsTextFile(ground.path("output"))
    return []
  } reference: {
    []
  }

  /// Row 7 of 1,000 ends its process as often as the budget says.
  package static func trapping(_ budget: FailureBudget) -> ScenarioJob {
    ScenarioJob("a row that traps \(budget.rawValue)") { flint, ground in
      let tokens = ground.path(budget.rawValue)
      let count = try await flint.range(0..<1000, partitions: 4).map { number in
        if number == 7, FaultTokens.take(tokens) { FaultTokens.trap("the scenario traps at row 7") }
        return number
      }.count()
      return ["\(count)"]
    } reference: {
      ["1000"]
    }
  }

  /// A job is cancelled whose task hears nothing; then another one reads the same rows.
  package static let deaf = ScenarioJob("a task that hears nothing") { flint, ground in
    let tokens = ground.path(FailureBudget.once.rawValue)
    let numbers = flint.range(0..<1000, partitions: 4)
    let work = Task {
      try await numbers.mapPartitions { rows in
        if FaultTokens.take(tokens) { await FaultTokens.standStill() }
        return rows
      }.count()
    }
    try await FaultTokens.awaitTaken(tokens)
    work.cancel()
    _ = try? await work.value
    return ["\(try await numbers.reduce(+) ?? 0)"]
  } reference: {
    ["\((0..<1000).reduce(0, +))"]
  }

  /// How often something fails. The raw value names the budget in the shared folder: whoever runs the job puts as many files
  /// called 0, 1, … into a folder of that name, or leaves it away where there is no end.
  package enum FailureBudget: String, CaseIterable, Sendable {
    case once, always

    /// How many tokens there are; nil for no end.
    package var tokenCount: Int? { self == .once ? 1 : nil }
  }
}
