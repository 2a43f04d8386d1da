internal import FlintCore
internal import Synchronization

/// What really happened, over all lives of all processes: the scenario's own book, which no fault reaches.
final class TransportLedger: Sendable {
  private struct State {
    var launchCount: UInt64 = 0
    var launched: [UInt64: Int] = [:]
    var statusCount: UInt64 = 0
    var applied: [UInt64: Int] = [:]
    var noted: Set<UInt64> = []
    var begun = 0
    var ended = 0
    var violations: [String] = []
    var isOver = false
  }

  private let state = Mutex(State())

  /// Whether the executors are done and the driver shall end.
  var isOver: Bool {
    get { state.withLock { $0.isOver } }
    set { state.withLock { $0.isOver = newValue } }
  }

  /// What was against the rules; nil for nothing.
  var violation: String? {
    state.withLock { state in
      if let first = state.violations.first { return first }
      if let twice = state.launched.filter({ $0.value > 1 }).keys.min() { return "launch \(twice) was delivered twice" }
      if let twice = state.applied.filter({ $0.value > 1 }).keys.min() { return "status \(twice) was applied twice" }
      if let lost = state.noted.filter({ state.applied[$0] == nil }).min() {
        return "status \(lost) was noted and never applied"
      }
      return nil
    }
  }

  /// How many launches arrived, how many statuses were noted.
  var counts: (launched: Int, noted: Int) { state.withLock { ($0.launched.count, $0.noted.count) } }

  func note(violation: String) { state.withLock { $0.violations.append(violation) } }

  // MARK: Launches: never repeated

  func nextLaunch() -> UInt64 {
    state.withLock { state in
      state.launchCount += 1
      return state.launchCount
    }
  }

  func launched(_ number: UInt64) { state.withLock { $0.launched[number, default: 0] += 1 } }

  // MARK: Statuses: repeated until they are noted

  func nextStatus() -> UInt64 {
    state.withLock { state in
      state.statusCount += 1
      return state.statusCount
    }
  }

  /// Whether the status is new; a repeat is not applied.
  func apply(_ number: UInt64, forgetful: Bool) -> Bool {
    state.withLock { state in
      let isNew = state.applied[number] == nil
      if isNew || forgetful { state.applied[number, default: 0] += 1 }
      return isNew
    }
  }

  func noted(_ number: UInt64) { state.withLock { _ = $0.noted.insert(number) } }
}
