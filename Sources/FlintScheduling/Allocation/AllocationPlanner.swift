public import FlintCore

/// Decides how many executors an application wants: more while tasks wait, fewer when they stand idle.
///
/// It asks carefully, for one more, then two, then four, each after another wait, since most backlogs are gone before an
/// executor has started. It lets go of those that had nothing to do for long. Whom the cluster gives and when is not its
/// business; but what the cluster can never give it refuses, with the numbers, and so does it refuse executors that die at every
/// start.
public struct AllocationPlanner: Sendable {
  private let bounds: Bounds
  private let size: ExecutorSize
  private let backlogWait: Duration
  private let idleTime: Duration
  private let startLimit: Int
  private var wanted = 0
  private var taskCount = 0
  private var present: Set<ExecutorIncarnation> = []
  private var idleSince: [ExecutorIncarnation: MonotonicInstant] = [:]
  /// When it asks for more, and for how many more.
  private var raiseAt: MonotonicInstant?
  private var raise = 1
  private var failedStarts = 0
  private var places: Int?
  private var isRefused = false

  /// A planner of executors of one size.
  public init(bounds: Bounds, size: ExecutorSize, limits: Limits) {
    self.bounds = bounds
    self.size = size
    backlogWait = limits.backlogWait
    idleTime = limits.idleTime
    startLimit = limits.executorStarts
  }

  /// Takes in what happened at `now`.
  public mutating func handle(_ event: Event, at now: MonotonicInstant) -> [Action] {
    // An application that was refused is over.
    guard !isRefused else { return [] }
    switch event {
    case .started: return want(bounds.minimum)
    case .machines(let machines): return survey(machines)
    case .backlog(let count):
      taskCount = count
      return weigh(at: now)
    case .executorAdded(let executor):
      failedStarts = 0
      guard present.insert(executor).inserted else { return [] }
      // Whoever came unasked is not sent away while it is of use.
      wanted = max(wanted, present.count)
      return rest(executor, at: now)
    case .executorRemoved(let executor):
      present.remove(executor)
      idleSince[executor] = nil
      return []
    case .busy(let executor):
      idleSince[executor] = nil
      return []
    case .idle(let executor): return present.contains(executor) ? rest(executor, at: now) : []
    case .startFailed(let exit): return count(exit)
    case .tick: return look(at: now)
    }
  }

  // MARK: What can never be

  private mutating func survey(_ machines: [ExecutorSize]) -> [Action] {
    guard let largest = machines.max(by: { ($0.cores, $0.memory) < ($1.cores, $1.memory) }) else { return [] }
    let places = machines.reduce(0) { $0 + room(on: $1) }
    self.places = places
    if places == 0 { return refuse(.tooLarge(size, largest: largest)) }
    return places < bounds.minimum ? refuse(.tooMany(demanded: bounds.minimum, places: places)) : []
  }

  private func room(on machine: ExecutorSize) -> Int {
    let byCores = machine.cores / max(1, size.cores)
    return size.memory.bytes > 0 ? min(byCores, Int(clamping: machine.memory.bytes / size.memory.bytes)) : byCores
  }

  private mutating func count(_ exit: ProcessExit) -> [Action] {
    failedStarts += 1
    return failedStarts >= startLimit ? refuse(.crashLoop(starts: failedStarts, last: exit)) : []
  }

  private mutating func refuse(_ refusal: AllocationRefusal) -> [Action] {
    isRefused = true
    return [.refuse(refusal)]
  }

  // MARK: More

  /// Executors that the tasks could use.
  private var needed: Int {
    let cores = max(1, size.cores)
    let most = min(bounds.maximum, max(bounds.minimum, places ?? bounds.maximum))
    return min(max((taskCount + cores - 1) / cores, bounds.minimum), most)
  }

  private mutating func want(_ count: Int) -> [Action] {
    guard count != wanted else { return [] }
    wanted = count
    return [.want(count)]
  }

  private mutating func weigh(at now: MonotonicInstant) -> [Action] {
    guard needed > wanted else {
      raiseAt = nil
      raise = 1
      // Those that have not come yet are not waited for; those that have leave only when they were idle for long.
      return want(max(needed, min(wanted, present.count)))
    }
    guard raiseAt == nil else { return [] }
    return planRaise(at: now)
  }

  private mutating func planRaise(at now: MonotonicInstant) -> [Action] {
    let time = now.advanced(by: backlogWait)
    raiseAt = time
    return [.wake(at: time)]
  }

  private mutating func look(at now: MonotonicInstant) -> [Action] {
    var actions: [Action] = []
    if let raiseAt, raiseAt <= now {
      actions += want(min(needed, wanted + raise))
      raise = min(2 * raise, bounds.maximum)
      self.raiseAt = nil
      if needed > wanted { actions += planRaise(at: now) }
    } else if let raiseAt {
      actions.append(.wake(at: raiseAt))
    }
    return actions + letGo(at: now)
  }

  // MARK: Fewer

  private mutating func rest(_ executor: ExecutorIncarnation, at now: MonotonicInstant) -> [Action] {
    idleSince[executor] = now
    return [.wake(at: now.advanced(by: idleTime))]
  }

  private mutating func letGo(at now: MonotonicInstant) -> [Action] {
    // The longest idle first; of equals the youngest, which holds least.
    let idle = idleSince.sorted { ($0.value, $1.key) < ($1.value, $0.key) }
    let spare = max(0, present.count - max(bounds.minimum, needed))
    let leaving = idle.filter { $0.value.advanced(by: idleTime) <= now }.prefix(spare).map(\.key)
    guard !leaving.isEmpty else { return [] }
    for executor in leaving {
      present.remove(executor)
      idleSince[executor] = nil
    }
    wanted = max(bounds.minimum, min(wanted - leaving.count, max(needed, present.count)))
    return [.release(leaving, wanted: wanted)]
  }
}
