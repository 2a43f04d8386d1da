internal import CFlintSimulation
internal import FlintCore

/// The one loop under a simulation: it holds every job that Swift wants to run and everything that will happen later,
/// picks the next by the seed, and moves virtual time.
///
/// All of a simulation happens on one thread; nothing here is locked. What is frozen, dead or held back is decided here
/// from the owner of a job, so that processes can crash and pause without their own code taking part.
final class Engine {
  /// A Swift job that is ready to run, and the executor that it was enqueued on.
  struct Job {
    let job: UnownedJob
    let executor: any JobRunner
    let owner: Owner
  }

  private(set) var now: Int64 = 0
  var trace = Trace()
  /// Decides which job runs next.
  private var random: SplitMix64
  /// Draws for networks, disks and clocks; apart from the above, so that a fault does not shift every later choice.
  var chances: SplitMix64
  private(set) var eventCount = 0
  /// How often each rare path was taken, by name.
  var probes: [String: Int] = [:]
  /// Once set, the dead run as well, to unwind: see ``Simulation/tearDown()``.
  var isTearingDown = false

  /// Who is acting now: new jobs and timers belong to it.
  private(set) var owner = Owner.world
  /// The executor whose isolation the acting code holds, if any.
  private(set) var isolation: (any JobRunner)?

  private var ready: [Job] = []
  private var timers = PriorityQueue<EngineTimer>()
  private var timerCount: UInt64 = 0
  private var sleepers: [UInt64: CheckedContinuation<Void, any Error>] = [:]
  private var cancelledSleeperCount = 0
  /// What belongs to paused processes, in the order in which it came up.
  private var heldJobs: [Job] = []
  private var heldTimers: [EngineTimer] = []
  /// What belonged to dead processes: never run again, until the teardown lets it unwind.
  private var deadJobs: [Job] = []

  /// Every life so far, by its owner's index.
  private var lives: [Life] = []

  init(seed: UInt64) {
    var root = SplitMix64(seed: seed)
    random = SplitMix64(seed: root.next())
    chances = SplitMix64(seed: root.next())
  }

  /// The engine of the simulation that runs now; Swift's own executors find it here.
  // Safe because it is set and read on the simulation's one thread; see `Confined`.
  nonisolated(unsafe) static var current = Engine(seed: 0)

  // MARK: Lives

  /// The life of a process that begins.
  func beginLife(named name: String) -> Life {
    let life = Life(name: "\(name)#\(lives.count)", owner: Owner(index: Int32(lives.count)))
    lives.append(life)
    return life
  }

  private func state(of owner: Owner) -> Life.State {
    owner == .world || isTearingDown ? .running : lives[Int(owner.index)].state
  }

  // MARK: Jobs

  func enqueue(_ job: UnownedJob, on executor: any JobRunner, owner: Owner? = nil) {
    guard simulation_guard_is_home_thread() else {
      simulation_guard_escape("a job enqueued from a thread outside")
    }
    ready.append(Job(job: job, executor: executor, owner: owner ?? self.owner))
  }

  // MARK: Timers

  /// Calls `fire` at `time`, on behalf of `owner`, unless it has died by then.
  func schedule(at time: Int64, owner: Owner, sleeper: UInt64 = 0, _ fire: @escaping () -> Void) {
    timerCount += 1
    timers.insert(
      EngineTimer(time: max(time, now), number: timerCount, owner: owner, sleeper: sleeper, fire: fire))
  }

  /// Returns when virtual time has reached `time`; throws `CancellationError` when the task is cancelled before.
  func sleep(until time: Int64) async throws {
    if isTearingDown {
      // A loop that ignores the error must not keep the thread for ever.
      await Task.yield()
      throw CancellationError()
    }
    timerCount += 1
    let sleeper = timerCount
    let engine = Confined(self)
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        engine.value.beginSleep(sleeper, until: time, continuation)
      }
    } onCancel: {
      engine.value.cancelSleep(sleeper)
    }
  }

  /// Stops a task whose process has died meanwhile.
  func restIfDead() async throws {
    guard owner != .world, state(of: owner) == .dead else { return }
    try await sleep(until: now)
  }

  private func beginSleep(_ sleeper: UInt64, until time: Int64, _ continuation: CheckedContinuation<Void, any Error>) {
    if Task.isCancelled || isTearingDown {
      continuation.resume(throwing: CancellationError())
      return
    }
    sleepers[sleeper] = continuation
    schedule(at: time, owner: owner, sleeper: sleeper) { [self] in
      sleepers.removeValue(forKey: sleeper)?.resume()
    }
  }

  private func cancelSleep(_ sleeper: UInt64) {
    guard let continuation = sleepers.removeValue(forKey: sleeper) else { return }
    continuation.resume(throwing: CancellationError())
    cancelledSleeperCount += 1
    if cancelledSleeperCount > 1024, cancelledSleeperCount > timers.count / 2 {
      timers.removeAll { $0.sleeper != 0 && sleepers[$0.sleeper] == nil }
      cancelledSleeperCount = 0
    }
  }

  /// Ends every sleep with `CancellationError`, oldest first.
  func cancelAllSleepers() {
    for sleeper in sleepers.keys.sorted() { cancelSleep(sleeper) }
  }

  // MARK: Acting for somebody

  /// Runs `body` on behalf of `owner`, as if on its control loop: what it enqueues belongs to the owner, and actors of
  /// that loop may assume their isolation.
  func act(for owner: Owner, on executor: (any JobRunner)? = nil, _ body: () -> Void) {
    let before = (self.owner, isolation)
    (self.owner, isolation) = (owner, executor)
    body()
    (self.owner, isolation) = before
  }

  // MARK: The loop

  /// Lets the next thing happen. Returns false when nothing can: no job is ready and no timer is set.
  func step() -> Bool {
    while !ready.isEmpty {
      let index = ready.count > 1 ? random.below(ready.count) : 0
      ready.swapAt(index, ready.count - 1)
      let job = ready.removeLast()
      switch state(of: job.owner) {
      case .running:
        run(job)
        return true
      case .paused: heldJobs.append(job)
      case .dead: deadJobs.append(job)
      }
    }
    while let timer = timers.popFirst() {
      if timer.sleeper != 0, sleepers[timer.sleeper] == nil { continue }
      switch state(of: timer.owner) {
      case .running:
        fire(timer)
        return true
      case .paused: heldTimers.append(timer)
      case .dead: continue
      }
    }
    return false
  }

  /// Whether nothing is ready now, and the time of the next timer, if there is one.
  var nextTime: Int64? { ready.isEmpty ? timers.first?.time : now }

  private func run(_ job: Job) {
    eventCount += 1
    trace.add(.jobRan, at: now, UInt64(bitPattern: Int64(job.owner.index)), UInt64(ready.count))
    owner = job.owner
    isolation = job.executor
    job.executor.run(job.job)
    owner = .world
    isolation = nil
  }

  private func fire(_ timer: EngineTimer) {
    if timer.time > now {
      now = timer.time
      simulation_guard_set_time(now)
    }
    eventCount += 1
    trace.add(.timerFired, at: now, UInt64(bitPattern: Int64(timer.owner.index)), timer.number)
    owner = timer.owner
    timer.fire()
    owner = .world
  }

  // MARK: Pauses and deaths

  /// Puts back what was held while `owner` was paused.
  func release(_ owner: Owner) {
    ready += heldJobs.filter { $0.owner == owner }
    heldJobs.removeAll { $0.owner == owner }
    for timer in heldTimers where timer.owner == owner { timers.insert(timer) }
    heldTimers.removeAll { $0.owner == owner }
  }

  /// Makes everything that was held or frozen ready again, so that the tasks of the run can end.
  func thaw() {
    isTearingDown = true
    ready += heldJobs + deadJobs
    heldJobs = []
    deadJobs = []
    for timer in heldTimers { timers.insert(timer) }
    heldTimers = []
  }

  /// How many tasks sleep, for the report of a run that stands still.
  var sleeperCount: Int { sleepers.count }
}
