internal import FlintCore
internal import FlintLineage
internal import FlintScheduling

/// What happened in an application, a line of JSON each: for people, for the history, and for whoever measures.
///
/// Every line has `event`, `wall` (microseconds since 1970 UTC, to print) and `monotonic` (nanoseconds of the driver's clock,
/// to measure). What names a thing is a number: `job`, `shuffle`, `node`; an executor is `executor` and `incarnation`, an
/// attempt at a stage `stage` and `stageAttempt`, a try at a task these and `partition` and `attempt`. A field that does not
/// apply is left out.
///
/// | event | fields | when |
/// |---|---|---|
/// | `applicationStarted` | `application`, `id`, `process`, `settings` {name: text} that are no defaults | first line |
/// | `applicationEnded` | `status` (succeeded, failed, killed) | last line |
/// | `executorAdded` | executor, `node`, `slots`, `process`, `directory` | it is in service |
/// | `executorSuspected` | executor, `cause`, `silence` ns | it gets no new tasks |
/// | `executorTrusted` | executor | a suspect was heard again |
/// | `executorLost` | executor, `cause`, `exitWall`, `exitMonotonic`, `lastWords`, `peakMemoryBytes` | it is fenced for ever |
/// | `executorStopped` | executor, `peakMemoryBytes` | it is needed no longer |
/// | `jobStarted` | `job`, `dataset`, `location`, `partitions`, `stages` [stage] | an action was called |
/// | `jobEnded` | `job`, `status` (succeeded, failed, killed), `error`, `nanoseconds` | its last result is there, or its error |
/// | `jobCommitted` | `output` | an output has its name |
/// | `stagesSkipped` | `job`, `stages` [stage] | what they would compute is there |
/// | `stageSubmitted` | stage, `job`, `name`, `location`, `tasks`, `partitions`, `parents` [stage], `shuffle` | an attempt starts |
/// | `stageCompleted` | stage, `status` (succeeded, failed, cancelled), `failure`, `nanoseconds` | the attempt is over |
/// | `taskStarted` | try, executor, `speculative` | the try was sent |
/// | `taskEnded` | try, executor, `status` (succeeded, failed, killed), `failure`, `error`, metrics | it is over |
/// | `taskGettingResult` | try, executor, `bytes` | a long result is fetched |
/// | `taskCommitted` | try | its part of an output counts |
/// | `mapOutputRegistered` | try, executor, `shuffle`, `node`, `place` (memory, file), `bytes`, `rows`, `recomputed` | readers may have it |
/// | `fetchFailed` | try, `shuffle`, `map` (partition) | an input was not to be had |
/// | `shuffleReleased` | `shuffle` | its outputs are removed |
/// | `blockStored` | `block`, executor, `bytes`, `recomputed` | kept rows can be read |
/// | `blockDropped` | `block`, executor | an executor let them go |
/// | `blockLost` | `block` | the last copy went with an executor |
/// | `datasetReleased` | `dataset` | its kept rows are removed |
///
/// The metrics of a try: `nanoseconds`, `cpuNanoseconds`, and where it did any `rowsRead`, `rowsWritten`, `bytesRead`,
/// `bytesWritten`, `shuffleRowsRead`, `shuffleRowsWritten`, `shuffleBytesRead`, `shuffleBytesWritten`, `spilledBytes`.
///
/// Lines are collected and handed to the writer in runs; a task costs two of them.
struct EventLog {
  /// Lines that are collected before they are handed over.
  private static let runLength = 64 << 10

  private let time: any TimeSource
  let writer: EventWriter?
  /// Gets every line when it is written.
  private let observer: (@Sendable ([UInt8]) -> Void)?
  var line = EventLine()
  /// Where the line that is being written begins.
  private var lineStart = 0

  /// The log of an application as its options say.
  init(context: NodeContext, _ application: ApplicationID, _ options: DriverOptions) {
    observer = options.eventObserver
    time = context.time
    writer = options.eventFolder.map { folder in
      EventWriter(context: context, path: folder / Self.fileName(options.name, context))
    }
    if isOff { return }
    begin("applicationStarted")
    line.field("application", options.name)
    line.field("id", application.description)
    if let process = options.process { line.field("process", process) }
    line.field("settings", options.settings)
    end()
  }

  /// The application's name as far as it fits a file's, the time, and a number that no other application has.
  private static func fileName(_ name: String, _ context: NodeContext) -> String {
    let plain = name.utf8.prefix(64).map { byte -> UInt8 in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      return isPlain ? byte : UInt8(ascii: "_")
    }
    let number = String(context.randomness.next(), radix: 16)
    return "\(String(decoding: plain, as: UTF8.self))-\(context.time.wallTime.microseconds)-\(number).jsonl"
  }

  mutating func begin(_ event: StaticString) {
    lineStart = line.bytes.count
    line.begin(event, wall: time.wallTime, monotonic: time.now)
  }

  mutating func end() {
    line.end()
    observer?(Array(line.bytes[lineStart...].dropLast()))
    if writer == nil { _ = line.take() }
    if line.bytes.count >= Self.runLength { flush() }
  }

  /// Hands everything to the writer. On the control loop.
  mutating func flush() {
    guard let writer, !line.bytes.isEmpty else { return }
    let bytes = line.take()
    writer.assumeIsolated { $0.append(bytes) }
  }

  var isOff: Bool { writer == nil && observer == nil }

  // MARK: Executors

  mutating func executorAdded(
    _ executor: ExecutorIncarnation, node: NodeID, slots: Int, at place: ExecutorWhereabouts?
  ) {
    if isOff { return }
    begin("executorAdded")
    put(executor)
    line.field("node", node.rawValue)
    line.field("slots", slots)
    if let place {
      line.field("process", place.process)
      line.field("directory", place.directory.string)
    }
    end()
    flush()
  }

  /// It gets no new tasks; `silence` is nil when the cause is another one.
  mutating func executorSuspected(_ executor: ExecutorIncarnation, _ cause: String, silence: Duration? = nil) {
    if isOff { return }
    begin("executorSuspected")
    put(executor)
    line.field("cause", cause)
    if let silence { line.field("silence", silence.nanoseconds) }
    end()
    flush()
  }

  mutating func executorTrusted(_ executor: ExecutorIncarnation) {
    if isOff { return }
    begin("executorTrusted")
    put(executor)
    end()
    flush()
  }

  mutating func executorStopped(_ executor: ExecutorIncarnation, peakMemory: UInt64) {
    if isOff { return }
    begin("executorStopped")
    put(executor)
    line.field("peakMemoryBytes", peakMemory)
    end()
  }

  mutating func executorLost(_ executor: ExecutorIncarnation, _ reason: ExecutorLoss, peakMemory: UInt64) {
    if isOff { return }
    begin("executorLost")
    put(executor)
    line.field("peakMemoryBytes", peakMemory)
    line.field("cause", reason.cause)
    if let exit = reason.exitedAt {
      line.field("exitWall", exit.wall.microseconds)
      line.field("exitMonotonic", exit.monotonic.nanoseconds)
    }
    line.field("lastWords", reason.lastWords)
    end()
    flush()
  }

  // MARK: Jobs and stages

  mutating func jobStarted(_ job: JobID, _ request: JobRequest, stages: [StageID]) {
    if isOff { return }
    begin("jobStarted")
    line.field("job", job.rawValue)
    line.field("dataset", request.node.name)
    line.field("location", request.location.description)
    line.field("partitions", request.partitions.count)
    line.field("stages", stages.map(\.rawValue))
    end()
  }

  mutating func jobEnded(_ job: JobID, _ error: FlintError?, took: Duration) {
    if isOff { return }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.jobEndUntold) { return }
    #endif
    begin("jobEnded")
    line.field("job", job.rawValue)
    line.field("status", error == nil ? "succeeded" : error?.code == .jobCancelled ? "killed" : "failed")
    line.field("error", error?.description)
    line.field("nanoseconds", took.nanoseconds)
    end()
    flush()
  }

  mutating func stagesSkipped(_ job: JobID, _ stages: [StageID]) {
    if isOff { return }
    begin("stagesSkipped")
    line.field("job", job.rawValue)
    line.field("stages", stages.map(\.rawValue))
    end()
  }

  mutating func stageSubmitted(_ set: TaskSet, _ stage: Stage) {
    if isOff { return }
    begin("stageSubmitted")
    put(set.stage)
    line.field("job", set.job.rawValue)
    line.field("name", stage.node.name)
    line.field("location", stage.node.location.description)
    line.field("tasks", set.partitions.count)
    line.field("partitions", stage.taskCount)
    line.field("parents", stage.parents.map(\.rawValue))
    if case .shuffleMap(let shuffle) = stage.kind { line.field("shuffle", shuffle.rawValue) }
    end()
  }

  mutating func stageCompleted(_ stage: StageAttempt, _ ending: StageEnding, took: Duration) {
    if isOff { return }
    begin("stageCompleted")
    put(stage)
    switch ending {
    case .succeeded: line.field("status", "succeeded")
    case .failed(let failure):
      line.field("status", "failed")
      line.field("failure", failure)
    case .cancelled: line.field("status", "cancelled")
    }
    line.field("nanoseconds", took.nanoseconds)
    end()
  }

  mutating func applicationEnded(_ status: ApplicationStatus) {
    if isOff { return }
    begin("applicationEnded")
    line.field("status", status.rawValue)
    end()
  }

  // MARK: Identifiers

  mutating func put(_ executor: ExecutorIncarnation) {
    line.field("executor", executor.executor.rawValue)
    line.field("incarnation", executor.number)
  }

  mutating func put(_ stage: StageAttempt) {
    line.field("stage", stage.stage.rawValue)
    line.field("stageAttempt", stage.number)
  }

  mutating func put(_ attempt: TaskAttempt) {
    put(attempt.task.stage)
    line.field("partition", attempt.task.partition.rawValue)
    line.field("attempt", attempt.number)
  }
}
