public import FlintCore
public import FlintLineage

/// Decides which stages of which jobs run, and what must run again when something is lost.
///
/// It belongs to the driver and lives as long as the application, for jobs share the stages that write their exchanges. It owns
/// the plan of stages and the book of map outputs, so that there is one truth about both. Which executor gets a task, how
/// often it is tried and where copies run is not its business: that is the task scheduler's, from which it hears of one
/// accepted result for each task, of input that could not be read, and of tasks that were given up.
///
/// What it keeps to:
/// - A stage has one live attempt. What others say is stale, changes nothing and is counted in ``dropped``.
/// - A failed attempt is not cut short while its input is computed again: what it still finishes counts, and what it still
///   complains of is computed in the same go.
/// - An attempt runs the partitions that are missing, but for gangs, which run as a whole.
/// - A stage may fail ``Limits/stageAttempts`` times between two times that it was complete. A result is complete once and ends its
///   job, so every job ends.
/// - Lost output of rows that come out the same is computed again as soon as somebody is known to need it. Of rows that do not,
///   only when a reader complains: until then its readers may still come to a good end with what they have.
/// - When a second computation gives other rows, whatever came from the first is void, however far it went. If a result of
///   it was released, the job fails: never a wrong answer.
public struct DAGScheduler: Sendable {
  let stageAttempts: Int
  var planner = StagePlanner()
  /// Where map outputs are, and in which epoch.
  public internal(set) var mapOutputs = MapOutputTracker()
  var fence = IncarnationFence()
  var kept = KeptPartitions()

  var jobs: [JobID: ActiveJob] = [:]
  var stages: [StageID: StageRun] = [:]
  /// Which stage writes an exchange.
  var writers: [ShuffleID: StageID] = [:]
  /// Exchanges that can go once no job reads them.
  var releasedShuffles: Set<ShuffleID> = []

  /// Messages that came too late to count.
  public internal(set) var dropped = DroppedMessages()
  /// Jobs for which something may be able to run that could not before.
  var touched: [JobID] = []
  var outbox: [Action] = []

  /// A scheduler without jobs.
  public init(limits: Limits) {
    stageAttempts = limits.stageAttempts
  }

  /// Takes in what happened.
  public mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .submitted(let job, let request): submit(job, request)
    case .taskFinished(let attempt, let executor, let output):
      finish(StageRun.FinishedTask(attempt: attempt, executor: executor, output: output))
    case .stageMustRetry(let attempt, let executor, let failure, let epoch):
      retry(attempt, on: executor, failure, epoch)
    case .gaveUp(let attempt, let executor, let failure, let tryCount):
      giveUp(attempt, on: executor, failure, tryCount)
    case .refused(let attempt, let refusal): refuse(attempt, refusal)
    case .executorLost(let executor): lose(executor)
    case .nodeLost(let node): lose(node)
    case .capacityGone: endAllJobs()
    case .partitionKept(let dataset, let partition, let attempt, let executor, let node):
      keep(dataset, partition, by: attempt, KeptPartitions.Holder(executor: executor, node: node))
    case .partitionDropped(let dataset, let partition, let executor):
      kept.remove(dataset, partition, from: executor)
      touchAll()
    case .datasetReleased(let dataset): release(dataset)
    case .shuffleReleased(let shuffle): release(shuffle)
    case .resultReleased(let job, let partition): release(partition, of: job)
    case .jobCancelled(let job): cancel([job], .jobCancelled)
    case .groupCancelled(let group): cancel(jobs(of: group), .groupCancelled(group))
    case .stageCancelled(let stage): failStage(stage, .stageCancelled)
    }
    settle()
    defer { outbox = [] }
    return outbox
  }

  // MARK: Questions

  /// The jobs that have not ended, in rising order.
  public var activeJobs: [JobID] { jobs.keys.sorted() }

  /// The one attempt at a stage that counts; nil when it does not run.
  public func liveAttempt(of stage: StageID) -> StageAttempt? { stages[stage]?.live?.id }

  /// The stages of a job that has not ended, parents first; the last one gives its result.
  public func stages(of job: JobID) -> [StageID] { jobs[job]?.stages ?? [] }

  /// What a stage computes: for whoever describes its tasks to executors. Nil when nobody needs it any more.
  public func stage(_ id: StageID) -> Stage? { stages[id]?.stage }

  /// Who keeps a partition. Tasks read kept rows there and nowhere else: what an executor finds by itself may be void.
  public func keepers(of dataset: DatasetID, _ partition: PartitionID) -> [ExecutorIncarnation] {
    kept.holders(of: dataset, partition).map(\.executor)
  }

  /// How often a stage was tried so far.
  public func attemptCount(of stage: StageID) -> Int { Int(stages[stage]?.attemptCount ?? 0) }

  /// Whether nothing runs and nothing is waited for.
  public var isIdle: Bool { jobs.isEmpty && stages.allSatisfy { $0.value.live == nil } }

  // MARK: The rest of an event

  /// Looks at jobs again until nothing more can be started.
  private mutating func settle() {
    while !touched.isEmpty {
      let round = Set(touched).sorted()
      touched = []
      for job in round { advance(job) }
    }
  }

  mutating func touch(_ jobs: [JobID]) { touched += jobs }

  mutating func touchAll() { touched += jobs.keys.sorted() }
}
