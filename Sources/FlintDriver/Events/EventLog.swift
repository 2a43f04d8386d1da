internal import FlintCore
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// What happened in an application, a line of JSON each: for people, for the history, and for whoever measures.
///
/// Lines are collected and handed to the writer in runs; a task costs two of them.
struct EventLog {
  /// Lines that are collected before they are handed over.
  private static let runLength = 64 << 10

  private let time: any TimeSource
  let writer: EventWriter?
  /// Gets every line when it is written.
  private let observer: (@Sendable ([UInt8]) -> Void)?
  private var line = EventLine()
  /// Where the line that is being written begins.
  private var lineStart = 0

  /// The log of the application `name` in `folder`; nil writes none.
  init(
    context: NodeContext, folder: FilePath?, application name: String,
    observer: (@Sendable ([UInt8]) -> Void)? = nil
  ) {
    self.observer = observer
    time = context.time
    writer = folder.map { folder in
      EventWriter(context: context, path: folder / Self.fileName(name, context))
    }
    if isOff { return }
    begin("applicationStarted")
    line.field("application", name)
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

  private mutating func begin(_ event: StaticString) {
    lineStart = line.bytes.count
    line.begin(event, wall: time.wallTime, monotonic: time.now)
  }

  private mutating func end() {
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

  private var isOff: Bool { writer == nil && observer == nil }

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

  mutating func executorLost(_ executor: ExecutorIncarnation, _ reason: ExecutorLoss) {
    if isOff { return }
    begin("executorLost")
    put(executor)
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

  mutating func jobStarted(_ job: JobID, _ request: JobRequest) {
    if isOff { return }
    begin("jobStarted")
    line.field("job", job.rawValue)
    line.field("dataset", request.node.name)
    line.field("location", request.location.description)
    line.field("partitions", request.partitions.count)
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

  mutating func stageCompleted(_ stage: StageAttempt, isDone: Bool) {
    if isOff { return }
    begin("stageCompleted")
    put(stage)
    line.field("status", isDone ? "succeeded" : "cancelled")
    end()
  }

  // MARK: Tasks

  mutating func taskStarted(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    if isOff { return }
    begin("taskStarted")
    put(attempt)
    put(executor)
    end()
  }

  mutating func taskEnded(
    _ attempt: TaskAttempt, on executor: ExecutorIncarnation, _ ending: TaskEnd, _ metrics: TaskMetrics,
    _ error: FlintError?, took: Duration
  ) {
    if isOff { return }
    begin("taskEnded")
    put(attempt)
    put(executor)
    switch ending {
    case .succeeded: line.field("status", "succeeded")
    case .failed(let failure):
      line.field("status", failure == .killed ? "killed" : failure == .takenBack ? "takenBack" : "failed")
      line.field("failure", "\(failure)")
      line.field("error", error?.description)
    }
    line.field("nanoseconds", took.nanoseconds)
    line.field("cpuNanoseconds", metrics.cpuNanoseconds)
    put(metrics)
    end()
  }

  /// What a task did not do is not written.
  private mutating func put(_ metrics: TaskMetrics) {
    put("rowsRead", metrics.rowsRead)
    put("rowsWritten", metrics.rowsWritten)
    put("bytesRead", metrics.bytesRead)
    put("bytesWritten", metrics.bytesWritten)
    put("shuffleRowsRead", metrics.shuffleRowsRead)
    put("shuffleRowsWritten", metrics.shuffleRowsWritten)
    put("shuffleBytesRead", metrics.shuffleBytesRead)
    put("shuffleBytesWritten", metrics.shuffleBytesWritten)
    put("spilledBytes", metrics.spilledBytes)
  }

  private mutating func put(_ key: StaticString, _ count: UInt64) {
    if count != 0 { line.field(key, count) }
  }

  mutating func mapOutputRegistered(_ shuffle: ShuffleID, _ output: MapOutput) {
    if isOff { return }
    begin("mapOutputRegistered")
    line.field("shuffle", shuffle.rawValue)
    put(output.attempt)
    line.field("node", output.place.node.rawValue)
    switch output.place {
    case .executor: line.field("place", "memory")
    case .node: line.field("place", "file")
    }
    line.field("bytes", output.sizes.reduce(0, &+))
    line.field("rows", output.rowCounts.reduce(0, &+))
    end()
  }

  mutating func fetchFailed(_ attempt: TaskAttempt, _ shuffle: ShuffleID, map: PartitionID) {
    if isOff { return }
    begin("fetchFailed")
    put(attempt)
    line.field("shuffle", shuffle.rawValue)
    line.field("map", map.rawValue)
    end()
  }

  mutating func taskCommitted(_ attempt: TaskAttempt) {
    if isOff { return }
    begin("taskCommitted")
    put(attempt)
    end()
  }

  /// An output was published as a whole.
  mutating func jobCommitted(_ output: String) {
    if isOff { return }
    begin("jobCommitted")
    line.field("output", output)
    end()
  }

  // MARK: Blocks

  mutating func blockStored(_ stored: BlockStored, on executor: ExecutorIncarnation) {
    if isOff { return }
    begin("blockStored")
    line.field("block", stored.block.description)
    put(executor)
    line.field("bytes", stored.byteCount)
    end()
  }

  mutating func blockDropped(_ block: BlockID, on executor: ExecutorIncarnation) {
    if isOff { return }
    begin("blockDropped")
    line.field("block", block.description)
    put(executor)
    end()
  }

  mutating func applicationEnded(_ status: ApplicationStatus) {
    if isOff { return }
    begin("applicationEnded")
    line.field("status", status.rawValue)
    end()
  }

  // MARK: Identifiers

  private mutating func put(_ executor: ExecutorIncarnation) {
    line.field("executor", executor.executor.rawValue)
    line.field("incarnation", executor.number)
  }

  private mutating func put(_ stage: StageAttempt) {
    line.field("stage", stage.stage.rawValue)
    line.field("stageAttempt", stage.number)
  }

  private mutating func put(_ attempt: TaskAttempt) {
    put(attempt.task.stage)
    line.field("partition", attempt.task.partition.rawValue)
    line.field("attempt", attempt.number)
  }
}
