import FlintCore
import FlintScheduling

/// Random events in random order, then a time in which nothing goes wrong any more: everything must end.
struct Storm {
  private var generator: StormGenerator
  private var scheduler: TaskScheduler
  private(set) var books: StormBooks
  private var now: Int64 = 0
  private var stageCount: UInt64 = 0
  private var lives: [UInt64: UInt64] = [:]
  private var past: [TaskAttempt] = []

  init(seed: UInt64) {
    generator = StormGenerator(seed: seed)
    let limits = generator.oneIn(4) ? Limits() : Limits.hostile(using: &generator)
    let speculates = generator.oneIn(2)
    let pools = SchedulingPools(order: generator.oneIn(2) ? .fair : .fifo)
    scheduler = TaskScheduler(limits: limits, pools: pools, speculates: speculates)
    books = StormBooks(speculates: speculates, limits: limits)
  }

  /// The complaints of the observer; empty when all was well.
  mutating func run(steps: Int) -> [String] {
    for _ in 0..<steps where books.complaints.isEmpty { step() }
    if books.complaints.isEmpty { calm() }
    return books.complaints
  }

  private mutating func tell(_ event: TaskScheduler.Event) {
    let wasRunning = books.attempts
    books.note(event)
    let instant = MonotonicInstant(nanoseconds: now)
    if event == .tick { books.woken(at: instant) }
    let actions = scheduler.handle(event, at: instant)
    books.check(actions, after: event, at: instant)
    let held = scheduler.heldSlots
    let running = books.attempts
    books.demand(held == running.count, "\(held) slots are held by \(running) after \(event)")
    past += wasRunning.filter { books.running[$0] == nil }
  }

  // MARK: The storm

  private mutating func step() {
    now += Int64.random(in: 0..<(generator.oneIn(20) ? 5_000_000_000 : 50_000_000), using: &generator)
    switch Int.random(in: 0..<100, using: &generator) {
    case 0..<8: submit()
    case 8..<10: withStage { $0.tell(.cancelled($1)) }
    case 10..<18: addExecutor()
    case 18..<21: withExecutor { $0.tell(.executorSuspected($1)) }
    case 21..<26: withExecutor { $0.tell(.executorTrusted($1)) }
    case 26..<28: withExecutor { $0.tell(.executorDrained($1)) }
    case 28..<31: withExecutor { $0.tell(.executorRemoved($1)) }
    case 31..<40: tell(.tick)
    case 40..<44:
      // A late or repeated message.
      if let attempt = past.randomElement(using: &generator) { tell(.ended(attempt, anyEnd())) }
    default: if let attempt = books.attempts.randomElement(using: &generator) { tell(.ended(attempt, anyEnd())) }
    }
  }

  private mutating func submit() {
    let stage: StageAttempt
    if generator.oneIn(5), let old = books.stages.keys.sorted().randomElement(using: &generator),
      books.stages[StageAttempt(stage: old.stage, number: old.number + 1)] == nil
    {
      stage = StageAttempt(stage: old.stage, number: old.number + 1)
      // The scheduler ends the older attempt by itself.
      books.note(.cancelled(old))
    } else {
      stageCount += 1
      stage = StageAttempt(stage: StageID(rawValue: stageCount), number: 0)
    }
    let count = generator.oneIn(10) ? 60 : Int.random(in: 1...8, using: &generator)
    let chosen = partitions(UInt64(count) * 2).shuffled(using: &generator).prefix(count).sorted()
    var places: [PartitionID: [TaskPlace]] = [:]
    if generator.oneIn(2) {
      for partition in chosen where generator.oneIn(2) {
        let executor = UInt64.random(in: 0..<5, using: &generator)
        let node = NodeID(rawValue: executor / 2)
        places[partition] = [
          generator.oneIn(2) ? .node(node) : .executor(self.executor(executor), node: node)
        ]
      }
    }
    tell(
      .submitted(
        TaskSet(
          stage: stage, job: JobID(rawValue: stage.stage.rawValue / 3), partitions: chosen, places: places,
          isBarrier: generator.oneIn(6))))
  }

  private func executor(_ number: UInt64) -> ExecutorIncarnation {
    ExecutorIncarnation(executor: ExecutorID(rawValue: number), number: lives[number] ?? 0)
  }

  private mutating func addExecutor() {
    let number = UInt64.random(in: 0..<5, using: &generator)
    guard books.executors[executor(number)] == nil else { return }
    lives[number, default: 0] += 1
    let slots = Int.random(in: 1...4, using: &generator)
    tell(.executorAdded(executor(number), node: NodeID(rawValue: number / 2), slotCount: slots))
  }

  private mutating func withExecutor(_ body: (inout Storm, ExecutorIncarnation) -> Void) {
    guard let executor = books.incarnations.randomElement(using: &generator) else { return }
    body(&self, executor)
  }

  private mutating func withStage(_ body: (inout Storm, StageAttempt) -> Void) {
    guard let stage = books.liveStages.randomElement(using: &generator) else { return }
    body(&self, stage)
  }

  private mutating func anyEnd() -> TaskEnd {
    guard generator.oneIn(4) else { return .succeeded }
    let shuffle = ShuffleID(rawValue: 0)
    let failures: [TaskFailure] = [
      .threw(isRetryable: true), .threw(isRetryable: true), .trapped, .commitDenied, .killed, .ignoredCancellation,
      .takenBack, .diskFull, .diskFailed, .memoryExceeded, .resultLost, .fetchFailed(shuffle, map: p0),
      .rowsLost(shuffle),
      .resultsTooLarge,
    ]
    return .failed(failures.randomElement(using: &generator) ?? .killed)
  }

  // MARK: The calm

  private mutating func calm() {
    for executor in books.incarnations { tell(.executorTrusted(executor)) }
    for executor in books.incarnations where books.executors[executor]?.isDraining == true {
      tell(.executorRemoved(executor))
    }
    for number in UInt64(10)..<14 {
      tell(.executorAdded(executor(number), node: NodeID(rawValue: number), slotCount: 20))
    }
    var rounds = 0
    while books.complaints.isEmpty, !books.running.isEmpty || !books.liveStages.isEmpty, rounds < 2000 {
      rounds += 1
      if let attempt = books.attempts.first {
        now += 1_000
        tell(.ended(attempt, .succeeded))
      } else {
        // Nothing runs: only time can help, and the scheduler must have asked for it.
        guard let wake = books.nextWake else { break }
        now = max(now, wake.nanoseconds)
        tell(.tick)
      }
    }
    books.checkEnd(scheduler)
  }
}
