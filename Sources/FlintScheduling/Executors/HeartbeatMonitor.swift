public import FlintCore

/// Decides from executors' silence which of them are suspect and which are lost.
///
/// A silent executor is first suspected, which costs it new tasks, and later fenced, which cannot be undone. Sockets that
/// close are not its business: whoever notices such a loss tells it with ``Event/lost(_:)``. Time comes with the events; a
/// monitor that itself stood still does not blame others for it.
public struct HeartbeatMonitor: Sendable {
  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// An executor has registered.
    case registered(ExecutorIncarnation)
    /// Anything at all was heard from an executor.
    case heard(ExecutorIncarnation)
    /// An executor is gone, whoever noticed.
    case lost(ExecutorIncarnation)
    /// Its turn to look: once every ``Limits/heartbeatInterval``, and when it is ``HeartbeatMonitor/due``.
    case tick
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Give it no new tasks. It was silent for so long.
    case suspect(ExecutorIncarnation, silence: Duration)
    /// It was heard again: give it tasks.
    case trust(ExecutorIncarnation)
    /// It is lost: fence it and run its tasks elsewhere. It was silent for so long.
    case fence(ExecutorIncarnation, silence: Duration)
  }

  private struct Record: Sendable {
    var lastHeard: MonotonicInstant
    var isSuspect = false
  }

  private let interval: Duration
  private let suspectAfter: Duration
  private let fencedAfter: Duration
  private var records: [ExecutorIncarnation: Record] = [:]
  private var lastTick: MonotonicInstant?

  /// A monitor that watches nobody yet.
  public init(limits: Limits) {
    interval = limits.heartbeatInterval
    suspectAfter = limits.suspectAfter
    fencedAfter = limits.fencedAfter
  }

  /// How many executors it watches.
  public var count: Int { records.count }

  /// When somebody will have been silent for long enough to be suspected or fenced, if nothing is heard until then.
  public var due: MonotonicInstant? {
    records.sorted { $0.key < $1.key }.map {
      $0.value.lastHeard.advanced(by: $0.value.isSuspect ? fencedAfter : suspectAfter)
    }
    .min()
  }

  /// Takes in what happened at `now`.
  public mutating func handle(_ event: Event, at now: MonotonicInstant) -> [Action] {
    switch event {
    case .registered(let executor):
      // A second registration of the same life is a repeated message.
      if records[executor] == nil { records[executor] = Record(lastHeard: now) }
      return []
    case .heard(let executor): return heard(executor, at: now)
    case .lost(let executor):
      records[executor] = nil
      return []
    case .tick: return look(at: now)
    }
  }

  private mutating func heard(_ executor: ExecutorIncarnation, at now: MonotonicInstant) -> [Action] {
    // Somebody unknown is fenced or has not registered: its words change nothing.
    guard let record = records[executor] else { return [] }
    records[executor] = Record(lastHeard: now)
    return record.isSuspect ? [.trust(executor)] : []
  }

  private mutating func look(at now: MonotonicInstant) -> [Action] {
    forgiveOwnDelay(until: now)
    var actions: [Action] = []
    for (executor, record) in records.sorted(by: { $0.key < $1.key }) {
      let silence = record.lastHeard.duration(to: now)
      if silence >= fencedAfter {
        records[executor] = nil
        actions.append(.fence(executor, silence: silence))
      } else if silence >= suspectAfter, !record.isSuspect {
        records[executor]?.isSuspect = true
        actions.append(.suspect(executor, silence: silence))
      }
    }
    return actions
  }

  /// While this process stood still, nobody could be heard: the time by which its turn came late is given back.
  private mutating func forgiveOwnDelay(until now: MonotonicInstant) {
    defer { lastTick = now }
    guard let lastTick else { return }
    let late = lastTick.duration(to: now) - interval
    guard late > interval else { return }
    for (executor, record) in records.sorted(by: { $0.key < $1.key }) {
      records[executor]?.lastHeard = min(now, record.lastHeard.advanced(by: late))
    }
  }
}
