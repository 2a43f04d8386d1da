internal import FlintCore
internal import FlintScheduling

/// Collects what an application's summary says, event by event.
struct SummaryBook {
  /// The application's name.
  var application = ""
  /// Actions that were started.
  var jobCount = 0
  private var stageCount = 0
  private var tasks = TaskTally()
  private var losses: [ApplicationSummary.Loss] = []
  private var recomputed = 0
  private var metrics = TaskMetrics()
  private var memory: [ExecutorIncarnation: UInt64] = [:]
  private var error: FlintError?

  /// The map tasks of each exchange that were written once.
  private var written: [ShuffleID: [Bool]] = [:]
  /// Kept blocks that went with an executor.
  private var lostBlocks: Set<BlockID> = []

  /// Processor time of all tries that have ended.
  var processorNanoseconds: UInt64 { metrics.cpuNanoseconds }

  mutating func started(_: StageAttempt) { stageCount += 1 }

  /// How a try ended. What it read and wrote counts whether or not its result does: it was done.
  mutating func ended(_ attempt: TaskAttempt, _ end: TaskEnd, _ more: TaskMetrics, isKilled: Bool) {
    metrics += more
    switch end {
    case .succeeded: tasks.succeeded += 1
    case .failed(.killed): tasks.killed += 1
    case .failed(.executorLost) where isKilled: tasks.killed += 1
    // It never ran.
    case .failed(.takenBack): break
    case .failed: tasks.failed += 1
    }
  }

  /// A second try beside a slow first one was started.
  mutating func speculated() { tasks.speculative += 1 }

  /// A map output counts; `mapCount` are written in all. Returns whether it was there before.
  @discardableResult
  mutating func wrote(_ shuffle: ShuffleID, map: PartitionID, mapCount: Int) -> Bool {
    let index = Int(map.rawValue)
    guard index < mapCount else { return false }
    // Taken out while it changes: a copy for each of a million outputs would never end.
    var maps = written.removeValue(forKey: shuffle) ?? Array(repeating: false, count: mapCount)
    let isRecomputed = maps[index]
    if isRecomputed { recomputed += 1 }
    maps[index] = true
    written[shuffle] = maps
    return isRecomputed
  }

  mutating func forget(_ shuffle: ShuffleID) { written[shuffle] = nil }

  /// A kept block is nowhere any more, since an executor was lost.
  mutating func lost(_ block: BlockID) {
    if case .cached = block { lostBlocks.insert(block) }
  }

  /// A kept block is there. Returns whether it was lost before.
  @discardableResult
  mutating func stored(_ block: BlockID) -> Bool {
    guard lostBlocks.remove(block) != nil else { return false }
    recomputed += 1
    return true
  }

  mutating func lost(_ executor: ExecutorIncarnation, _ end: ExecutorLoss, peakMemory: UInt64) {
    losses.append(ApplicationSummary.Loss(id: executor, cause: end.cause))
    memory(of: executor, peakMemory)
  }

  /// The most that an executor's process has had resident; 0 when it has none of its own.
  mutating func memory(of executor: ExecutorIncarnation, _ bytes: UInt64) {
    guard bytes > 0 else { return }
    memory[executor] = max(memory[executor] ?? 0, bytes)
  }

  /// A job is over. The error of the last one that failed is the application's, if that fails.
  mutating func ended(_: JobID, _ failure: FlintError?) {
    if let failure { error = failure }
  }

  /// All of it.
  func total(_ status: ApplicationStatus, wall: Duration) -> ApplicationSummary {
    var total = ApplicationSummary()
    total.application = application
    total.status = status
    total.error = status == .succeeded ? nil : error?.description
    total.jobs = jobCount
    total.stages = stageCount
    total.tasks = tasks
    total.executorsLost = losses
    total.partitionsRecomputed = recomputed
    total.metrics = metrics
    for (executor, bytes) in memory { total.peakMemoryBytes[executor.description] = bytes }
    total.wall = wall
    total.cpu = .nanoseconds(Int64(clamping: metrics.cpuNanoseconds))
    return total
  }
}
