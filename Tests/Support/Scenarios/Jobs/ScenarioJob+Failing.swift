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

  /// How often something fails. The raw value names the budget in the shared folder: whoever runs the job puts as many files
  /// called 0, 1, … into a folder of that name, or leaves it away where there is no end.
  package enum FailureBudget: String, CaseIterable, Sendable {
    case once, always

    /// How many tokens there are; nil for no end.
    package var tokenCount: Int? { self == .once ? 1 : nil }
  }
}
