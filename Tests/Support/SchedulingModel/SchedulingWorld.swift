import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// The deciders of the driver and a model of everything around them, in one loop: no concurrency, no clock but the model's,
/// every choice by the seed.
///
/// Faults come until the time of healing; from then on every job must come to its end. All the while a ``Ledger`` of the
/// checker's own follows what the deciders are told and what they ask for, and the rows of the results are compared with what
/// they must be.
package final class SchedulingWorld {
  let workload: Workload
  let rows: RowModel
  var plan: WorldPlan
  var chance: Chance
  var driver: ModelDriver
  var now: Int64 = 0

  private var queue = PriorityQueue<Scheduled>()
  var executors: [ExecutorIncarnation: ModelExecutor] = [:]
  var lives: [ExecutorID: UInt64] = [:]
  /// Map outputs in files of a node, by the try that wrote them.
  var files: [NodeID: [TaskAttempt: Int]] = [:]
  var executions: [Execution] = []
  /// Which computation a try was.
  var executionOf: [TaskAttempt: Int] = [:]
  /// Output that was put in its place: the last one that was.
  var published: [ResultKey: Int] = [:]
  var readResults: [ResultKey: TaskAttempt] = [:]
  var endedJobs: [JobID: JobFailure?] = [:]
  var driverFrozenUntil: Int64 = 0
  var isHealed = false
  /// The scenario that is played; nil where chance decides what happens.
  var script: ScriptState?
  var emptySince: Int64?
  var violation: String?
  package var probes = Probes()
  package private(set) var eventCount = 0
  package private(set) var hash: UInt64 = 0xCBF2_9CE4_8422_2325
  /// Gets a line for each event, where somebody wants to read them.
  private let record: ((String) -> Void)?

  /// A world whose graph, jobs, cluster and faults follow from `seed`.
  package convenience init(seed: UInt64, record: ((String) -> Void)? = nil) {
    var chance = Chance(seed: seed)
    let workload = Workload(&chance)
    var plan = chance.permille(100) ? WorldPlan.calm(&chance) : WorldPlan.hostile(&chance)
    var more = Chance(seed: ~seed)
    if !workload.hasGangs, more.permille(400) { plan.sendAhead(&more) }
    self.init(workload, plan, chance, record: record)
  }

  init(_ workload: Workload, _ plan: WorldPlan, _ chance: Chance, record: ((String) -> Void)?) {
    self.workload = workload
    self.plan = plan
    self.chance = chance
    self.record = record
    rows = RowModel(workload: workload)
    driver = ModelDriver(
      limits: plan.limits, speculates: plan.speculates, pools: SchedulingPools(),
      tellsStagesFirst: plan.tellsStagesFirst, savingJobs: Set(workload.jobs.filter(\.saves).map(\.id)))
    driver.record = record
  }

  // MARK: The loop

  /// More events than these are a livelock.
  private static let eventLimit = 200_000
  /// So long after the healing everything must be over.
  private static let patience: Int64 = 400_000_000_000

  /// Runs to the end. Returns what was not as it must be.
  package func run() -> String? {
    begin()
    while violation == nil, let next = queue.popFirst() {
      now = next.time
      if now < driverFrozenUntil, next.event.isForDriver {
        schedule(next.event, at: driverFrozenUntil)
        continue
      }
      eventCount += 1
      handle(next.event)
      if eventCount > SchedulingWorld.eventLimit { violation = "I4: runs in circles" }
      if now > plan.healing + SchedulingWorld.patience { violation = "I4: not over \(unfinished)" }
      if violation == nil { violation = driver.ledger.violation }
    }
    if violation == nil { checkEnd() }
    for (name, count) in driver.ledger.probes.counts { probes.count(name, count) }
    return violation
  }

  private func begin() {
    for number in 0..<plan.executorCount {
      schedule(.start(ExecutorID(rawValue: UInt64(number))), at: chance.milliseconds(plan.pace.arriving))
    }
    goOnWithProgram()
    if script == nil { beginByChance() }
    schedule(.heartbeats, at: 1_000_000_000)
  }

  private func beginByChance() {
    for (index, job) in workload.jobs.enumerated() { schedule(.submit(index), at: job.start) }
    for _ in 0..<plan.faultCount {
      schedule(.fault(chance.pick(Fault.allCases)), at: chance.milliseconds(0...max(1, Int(plan.healing / 1_000_000))))
    }
    schedule(.heal, at: plan.healing)
  }

  func schedule(_ event: WorldEvent, at time: Int64) {
    queue.insert(Scheduled(time: max(time, now), tie: chance.bits(), event: event))
  }

  func schedule(_ event: WorldEvent, after delay: ClosedRange<Int>) {
    schedule(event, at: now + chance.milliseconds(delay))
  }

  func note(_ line: @autoclosure () -> String, _ fact: UInt64) {
    hash = Chance.mixed(hash ^ UInt64(bitPattern: now) &* 0x9E37_79B9_7F4A_7C15 ^ fact)
    record?("\(now / 1_000_000) ms: \(line())")
  }

  private func handle(_ event: WorldEvent) {
    switch event {
    case .message(let message, let executor): receive(message, from: executor)
    case .command(let command, let executor): carryOut(command, on: executor)
    case .step(let attempt, let executor): step(attempt, on: executor)
    case .start(let executor): start(executor)
    case .submit(let index): submit(index)
    case .cancel(let job):
      driver.learn(.jobCancelled(job), at: now)
      pump()
    case .startsGaveUp:
      driver.learn(.capacityGone, at: now)
      pump()
    case .read(let job, let partition, let attempt): read(job, partition, attempt)
    case .nodeIsGone(let node):
      note("the driver learns that \(node) is gone", 3)
      driver.learn(.nodeLost(node), at: now)
      pump()
    case .heartbeats: heartbeats()
    case .wake:
      driver.wake(at: now)
      pump()
    case .fault(let fault): inject(fault)
    case .heal: heal()
    }
  }

  // MARK: The driver

  private func receive(_ message: DriverMessage, from executor: ExecutorIncarnation) {
    note("\(message) from \(executor)", executor.executor.rawValue &* 17 &+ executor.number)
    driver.receive(message, from: executor, at: now)
    pump()
  }

  private func submit(_ index: Int) {
    note("\(workload.jobs[index].id) is submitted", UInt64(index))
    driver.submit(workload.jobs[index], at: now)
    pump()
  }

  private func heartbeats() {
    let heard = executors.values.filter { $0.isAlive && now >= $0.frozenUntil && now >= $0.mutedUntil }.map(\.id)
      .sorted().filter { isHeard($0) }
    driver.tick(heard: heard, at: now)
    endZombies(heard)
    if driver.registry.members.isEmpty {
      emptySince = emptySince ?? now
      if let emptySince, now - emptySince > (script == nil ? 15_000_000_000 : plan.limits.excludedWait.nanoseconds) {
        driver.learn(.capacityGone, at: now)
      }
    } else {
      emptySince = nil
    }
    pump()
    if !isOver { schedule(.heartbeats, at: now + 1_000_000_000 + lateness()) }
  }

  /// The reader of a job takes a result, if it was not taken back.
  private func read(_ job: JobID, _ partition: PartitionID, _ attempt: TaskAttempt) {
    guard driver.given[ResultKey(job, partition)] == attempt, endedJobs[job] == nil else { return }
    note("\(job) reads \(partition)", partition.rawValue)
    readResults[ResultKey(job, partition)] = attempt
    driver.learn(.resultReleased(job, partition), at: now)
    pump()
  }

  /// Does what the driver asked for.
  func pump() {
    for output in driver.takeOutbox() {
      switch output {
      case .command(let command, let executor): send(command, to: executor)
      case .wake(let time): schedule(.wake, at: time + lateness())
      case .gave(let job, let partition, let attempt):
        note("\(job) gives \(partition) of \(attempt)", partition.rawValue)
        if !driver.savingJobs.contains(job) { schedule(.read(job, partition, attempt), after: plan.pace.reading) }
      case .jobEnded(let job, let failure):
        note("\(job) ends: \(failure.map { "\($0.cause)" } ?? "succeeded")", job.rawValue)
        endedJobs[job] = .some(failure)
        checkResult(of: job, failure)
        endOfScriptedJob(job, failure)
      case .discarded(let shuffle): driver.ledger.discarded(shuffle)
      }
    }
    followEvents()
  }

  func send(_ command: ExecutorCommand, to id: ExecutorIncarnation) {
    guard let executor = executors[id] else { return }
    let time = max(executor.lastCommand, harmedDelivery(now + chance.milliseconds(plan.pace.command), to: id))
    executors[id]?.lastCommand = time
    schedule(.command(command, to: id), at: time)
  }

  // MARK: The end

  var isOver: Bool {
    isHealed && (script?.isDone ?? (endedJobs.count == workload.jobs.count))
      && executors.values.allSatisfy { $0.tasks.isEmpty && $0.waiting.isEmpty }
  }

  private var unfinished: String {
    let jobs = driver.stages.activeJobs.map { job in
      let stages = driver.stages.stages(of: job).map { stage in
        "\(stage) \(driver.stages.liveAttempt(of: stage).map { "attempt \($0.number)" } ?? "rests")"
      }
      return "\(job): \(stages.joined(separator: ", "))"
    }
    return "\(jobs); waits: \(driver.tasks.waits())"
  }

  /// I4 and I7: everything has ended, and nothing is left.
  private func checkEnd() {
    let unended = workload.jobs.filter {
      endedJobs[$0.id] == nil && script?.asked.contains(Int($0.id.rawValue)) ?? true
    }
    guard unended.isEmpty else { return violation = "I4: \(unended.map(\.id)) hang: \(unfinished)" }
    guard driver.stages.isIdle else { return violation = "I7: a stage is left: \(unfinished)" }
    guard driver.tasks.heldSlots == 0 else { return violation = "I7: \(driver.tasks.heldSlots) slots are left" }
    guard driver.ledger.running.isEmpty else { return violation = "I7: tries are left: \(driver.ledger.running.keys)" }
    for exchange in workload.exchanges { driver.learn(.shuffleReleased(exchange.id), at: now) }
    let left = workload.exchanges.filter { driver.stages.mapOutputs.missing($0.id) != nil }
    guard left.isEmpty else { return violation = "I7: exchanges are left: \(left.map(\.id))" }
    driver.ledger.checkRetries()
    violation = driver.ledger.violation ?? unmetExpectation()
  }
}
