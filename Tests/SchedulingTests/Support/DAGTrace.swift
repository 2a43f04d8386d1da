import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs

/// A DAG scheduler, and a test that plays everybody else. What the scheduler asks for comes back as short lines:
///
/// ```
/// run 0.1 [2, 3]   attempt 1 of stage 0, partitions 2 and 3; `gang` for a barrier
/// stop 0.1         cancel what is left of it
/// give j0 p1       a result; `take back j0 [1]` when it is void
/// ```
struct DAGTrace {
  var scheduler: DAGScheduler
  var graphs = Graphs()
  private var jobCount: UInt64 = 0

  init(stageAttempts: Int = 4) {
    var limits = Limits()
    limits.stageAttempts = stageAttempts
    scheduler = DAGScheduler(limits: limits)
  }

  // MARK: Jobs

  /// Submits the next job, from j0 on.
  @discardableResult
  mutating func submit(
    _ node: LineageNode, partitions: [PartitionID]? = nil, pool: PoolName? = nil, group: String? = nil
  ) -> [String] {
    defer { jobCount += 1 }
    let request = JobRequest(
      node, partitions: partitions, operation: Graphs.Nothing(),
      location: SourceLocation(file: "Jobs/Test.swift", line: 9),
      pool: pool, group: group)
    return handle(.submitted(JobID(rawValue: jobCount), request))
  }

  /// Submits `reduce(source)` with so many map and reduce tasks: stages 0 and 1, shuffle 1.
  @discardableResult
  mutating func submitReduce(
    maps: Int = 2, reduces: Int = 2, effect: DeterminacyEffect = .preserving, group: String? = nil
  ) -> [String] {
    submit(graphs.reduce(graphs.source(maps, effect: effect), reduces), group: group)
  }

  @discardableResult
  mutating func handle(_ event: DAGScheduler.Event) -> [String] { scheduler.handle(event).map(DAGTrace.line) }

  // MARK: Tasks

  /// Map tasks of a stage have written, on an executor whose memory holds their output, or into `files` of a node.
  @discardableResult
  mutating func wrote(
    _ stage: UInt64, _ partitions: PartitionID..., attempt: UInt32? = nil, try number: UInt32 = 0,
    on executor: ExecutorIncarnation = e0, files: NodeID? = nil, rows checksum: UInt64 = 7, sizes: [UInt64]? = nil
  ) -> [String] {
    partitions.flatMap { partition in
      let task = self.task(stage, partition, attempt, number)
      let place =
        files.map(MapOutput.Place.node) ?? .executor(executor, node: NodeID(rawValue: executor.executor.rawValue))
      let bytes = sizes ?? Array(repeating: 0, count: 8)
      let output = MapOutput(
        attempt: task, place: place, sizes: bytes, rowCounts: Array(repeating: 1, count: bytes.count),
        checksum: checksum)
      return handle(.taskFinished(task, on: executor, output))
    }
  }

  /// Result tasks of a stage have their results.
  @discardableResult
  mutating func gave(
    _ stage: UInt64, _ partitions: PartitionID..., attempt: UInt32? = nil, try number: UInt32 = 0,
    on executor: ExecutorIncarnation = e0
  ) -> [String] {
    partitions.flatMap { handle(.taskFinished(task(stage, $0, attempt, number), on: executor, nil)) }
  }

  /// A task could not read a map's output, for which it asked in the present epoch or an older one.
  @discardableResult
  mutating func misses(
    _ shuffle: ShuffleID, _ map: PartitionID, _ stage: UInt64, _ partition: PartitionID, attempt: UInt32? = nil,
    on executor: ExecutorIncarnation = e2, epoch: UInt64? = nil
  ) -> [String] {
    retry(stage, partition, .fetchFailed(shuffle, map: map), attempt: attempt, on: executor, epoch: epoch)
  }

  @discardableResult
  mutating func retry(
    _ stage: UInt64, _ partition: PartitionID, _ failure: TaskFailure, attempt: UInt32? = nil,
    on executor: ExecutorIncarnation = e2, epoch: UInt64? = nil
  ) -> [String] {
    handle(
      .stageMustRetry(
        task(stage, partition, attempt, 0), on: executor, failure,
        epoch: epoch.map(MapOutputEpoch.init(rawValue:)) ?? scheduler.mapOutputs.epoch))
  }

  @discardableResult
  mutating func gaveUp(
    _ stage: UInt64, _ partition: PartitionID, _ failure: TaskFailure, tries: Int = 4, attempt: UInt32? = nil
  ) -> [String] {
    handle(.gaveUp(task(stage, partition, attempt, 3), on: e2, failure, tryCount: tries))
  }

  @discardableResult
  mutating func lose(_ executor: ExecutorIncarnation) -> [String] { handle(.executorLost(executor)) }

  @discardableResult
  mutating func kept(
    _ node: LineageNode, _ partition: PartitionID, by stage: UInt64, attempt: UInt32? = nil,
    on executor: ExecutorIncarnation = e0
  ) -> [String] {
    handle(
      .partitionKept(
        node.id, partition, by: task(stage, partition, attempt, 0), on: executor,
        node: NodeID(rawValue: executor.executor.rawValue)))
  }

  /// The result of a partition is with the user.
  mutating func release(_ job: UInt64, _ partition: PartitionID) {
    handle(.resultReleased(JobID(rawValue: job), partition))
  }

  private func task(_ stage: UInt64, _ partition: PartitionID, _ attempt: UInt32?, _ number: UInt32) -> TaskAttempt {
    let live = scheduler.liveAttempt(of: StageID(rawValue: stage))?.number
    return SchedulingTests.attempt(partition, number, stage: stage, stageAttempt: attempt ?? live ?? 0)
  }

  // MARK: Lines

  private static func line(_ action: DAGScheduler.Action) -> String {
    switch action {
    case .submit(let set): "\(set.isBarrier ? "gang" : "run") \(text(set.stage)) \(text(set.partitions))"
    case .cancel(let attempt): "stop \(text(attempt))"
    case .result(let job, let partition, _): "give j\(job.rawValue) p\(partition.rawValue)"
    case .takeBack(let job, let partitions): "take back j\(job.rawValue) \(text(partitions))"
    case .skipped(let job, let stages): "skip j\(job.rawValue) \(stages.map(\.rawValue))"
    case .jobSucceeded(let job): "done j\(job.rawValue)"
    case .jobFailed(let job, let failure): "fail j\(job.rawValue): \(text(failure.cause))"
    case .discard(let shuffle): "discard s\(shuffle.rawValue)"
    case .dropKept(let dataset, let partition, let executor):
      "drop d\(dataset.rawValue) p\(partition.rawValue) from e\(executor.executor.rawValue)"
    }
  }

  private static func text(_ attempt: StageAttempt) -> String { "\(attempt.stage.rawValue).\(attempt.number)" }

  private static func text(_ partitions: [PartitionID]) -> String { "\(partitions.map(\.rawValue))" }

  private static func text(_ cause: JobFailure.Cause) -> String {
    switch cause {
    case .task(_, let tryCount): "task, \(tryCount) tries"
    case .stage(_, let attemptCount): "stage, \(attemptCount) attempts"
    case .refused: "refused"
    case .releasedResult(let shuffle, let partition): "released p\(partition.rawValue) of s\(shuffle.rawValue)"
    case .releasedGang(let partition): "released p\(partition.rawValue) of a gang"
    case .jobCancelled: "cancelled"
    case .groupCancelled(let group): "group \(group) cancelled"
    case .stageCancelled: "stage cancelled"
    case .noExecutors: "no executors"
    }
  }
}
