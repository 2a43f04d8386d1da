internal import DirectRuntime
internal import FlintChaos
internal import FlintCore
internal import FlintExecution
internal import FlintSimulation
internal import FlintWire
internal import LineageGraphs
internal import Scenarios
internal import Synchronization

/// Sees what a program's code does to its tasks, and lets it go on as if nothing were.
final class ProgramWitness: Sendable {
  private struct State {
    /// Tasks that took of a budget, and of which.
    var budgets: [DirectPlace: ScenarioJob.FailureBudget] = [:]
    var trapped: [DirectPlace] = []
    var deaf: [DirectPlace] = []
    var taken: [String: Int] = [:]
  }

  private let state = Mutex(State())

  /// What stands for the world while the program runs.
  func stage(in simulation: Simulation) -> FaultTokens.Stage {
    FaultTokens.Stage { [self] name in
      take(name)
    } awaitTaken: { [self] name in
      while state.withLock({ $0.taken[name] == nil }) { try await simulation.time.sleep(for: .seconds(100)) }
    } trap: { [self] in
      note { $0.trapped.append($1) }
    } standStill: { [self] in
      note { $0.deaf.append($1) }
      // Whoever reads the program may end it.
      try? await simulation.time.sleep(for: .seconds(24 * 3600))
    }
  }

  private func take(_ name: String) -> Bool {
    guard let budget = ScenarioJob.FailureBudget.allCases.first(where: { name.hasSuffix("/\($0.rawValue)") }) else {
      return false
    }
    return state.withLock { state in
      guard state.taken[name, default: 0] < budget.tokenCount ?? .max else { return false }
      state.taken[name, default: 0] += 1
      if let place = DirectRuntime.place { state.budgets[place] = budget }
      return true
    }
  }

  private func note(_ change: (inout State, DirectPlace) -> Void) {
    guard let place = DirectRuntime.place else { return }
    state.withLock { change(&$0, place) }
  }

  /// What happened to the tasks, where `failures` are those that ended with an error.
  func mishaps(_ failures: [DirectFailure]) -> [ProgramPlan.Mishap] {
    let state = state.withLock { $0 }
    func mishap(_ kind: ProgramPlan.Mishap.Kind, _ place: DirectPlace) -> ProgramPlan.Mishap {
      ProgramPlan.Mishap(kind, in: place.dataset, place.partition, tryCount: state.budgets[place]?.tokenCount)
    }
    var mishaps = state.trapped.map { mishap(.trapping, $0) }
    for place in state.deaf { mishaps.append(mishap(.deaf, place)) }
    for failure in failures where !(failure.error is CancellationError) && !state.deaf.contains(failure.place) {
      let report = FailureReport(failure.error, at: .here())
      let isRetryable = if case .threw(let isRetryable) = report.kind { isRetryable } else { true }
      let error = report.error.error
      mishaps.append(
        mishap(.throwing(error.code, isRetryable: isRetryable, words: "\(error)"), failure.place))
    }
    return mishaps
  }
}
