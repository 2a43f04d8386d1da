internal import FlintCore
internal import FlintShuffle
internal import FlintTasks
internal import FlintWire
internal import Synchronization

/// One try at a task on this executor: what its operators know as their context.
final class RunningTask: TaskContext {
  let description: TaskDescription
  let services: TaskServices
  let meter: TaskMeter
  let log: Logger
  let counters = TaskCounters()
  private let payload: TaskPayload
  /// When it began, in nanoseconds.
  private let start: Atomic<Int64>
  private let isTold = Atomic<Bool>(false)
  private let isOnBooks = Atomic<Bool>(false)
  private let updates = Mutex<[UInt64: any AccumulatorUpdate]>([:])

  /// Throws `corrupt-data` for a payload that is none.
  init(_ description: TaskDescription, _ services: TaskServices) throws(FlintError) {
    self.description = description
    self.services = services
    payload = try TaskPayload(bytes: description.payload)
    meter = TaskMeter(description.attempt)
    log = services.context.log
    start = Atomic(services.context.time.now.nanoseconds)
  }

  var attempt: TaskAttempt { description.attempt }
  var job: JobID { description.job }
  var limits: Limits { services.limits }
  var files: any FileSystem { services.context.files }

  /// It has a thread now.
  func begin() { start.store(services.context.time.now.nanoseconds, ordering: .relaxed) }

  // MARK: Its end

  /// What the driver is told of it when it failed.
  func failed(_ failure: FailureReport) -> StatusUpdate {
    StatusUpdate(attempt: attempt, executor: description.executor, status: .failed(failure))
  }

  /// Whether it was told to end.
  var isKilled: Bool { isTold.load(ordering: .relaxed) }

  /// Tells it to end: at its next batch it does.
  func kill() { isTold.store(true, ordering: .relaxed) }

  func checkCancellation() throws {
    if isKilled { throw CancellationError() }
    try services.memory.look(attempt)
  }

  // MARK: What it gets

  /// The executor's stores, for something that they may have to free at its end.
  var stores: any TaskStores {
    isOnBooks.store(true, ordering: .relaxed)
    return services.stores
  }

  /// Whether the stores may have something to free at its end.
  var hasUsedStores: Bool { isOnBooks.load(ordering: .relaxed) }

  func partitionData(of dataset: DatasetID, _ partition: PartitionID) throws -> [UInt8] {
    guard let data = payload.data(of: dataset, partition) else {
      throw FlintError(.corruptData, "\(attempt) came without the data of \(partition) of \(dataset)")
    }
    return data
  }

  func acquireMemory(_ size: ByteCount, spillable: ByteCount) async throws -> MemoryGrant {
    try checkCancellation()
    if spillable.bytes > 0, services.memory.isPressing { return .mustSpill(min(size, spillable)) }
    return try await stores.acquireMemory(size, for: attempt, spillable: spillable)
  }

  var memoryLimit: ByteCount { services.memory.budget }

  var idleSlabs: IdleSlabs { services.memory.idleSlabs }

  func releaseMemory(_ size: ByteCount) async { await services.stores.releaseMemory(size, of: attempt) }

  func makeSpillFile() async throws -> any SpillFile {
    try checkCancellation()
    return try await stores.makeSpillFile(for: self)
  }

  func shuffleInput(_ shuffle: ShuffleID, _ partition: PartitionID) async throws -> any ShuffleInput {
    try checkCancellation()
    var epoch = description.epoch
    var outputs = description.inputs.filter { $0.shuffle == shuffle && $0.reduce == partition }.map(\.output)
    if outputs.isEmpty {
      // Kept rows that were to save the shuffle are gone, or nobody wrote anything.
      let question = MapOutputQuestion(shuffle: shuffle, reduce: partition, epoch: epoch)
      guard case .answerMapOutputs(let answer) = try await services.driver.request(.askMapOutputs(question)) else {
        throw FlintError(.corruptData, "the driver did not say where the outputs of \(shuffle) are")
      }
      if let map = answer.missing {
        throw FetchFailure(
          shuffle: shuffle, map: map, epoch: answer.epoch,
          error: FlintError(.fileNotFound, "the output of map \(map) for \(shuffle) is not there"))
      }
      (epoch, outputs) = (answer.epoch, answer.outputs)
    }
    return try await stores.shuffleInput(
      shuffle, reduce: partition, epoch: epoch, outputs: outputs, for: self)
  }

  func askToCommit() async throws {
    try checkCancellation()
    let question = CommitQuestion(attempt: attempt, executor: description.executor)
    guard case .answerCommit(let answer) = try await services.driver.request(.askCommit(question)) else {
      throw FlintError(.corruptData, "the driver did not say whether \(attempt) may commit")
    }
    guard answer.isAuthorised, answer.attempt == attempt else { throw CommitDenied(attempt: attempt) }
  }

  /// Who keeps a partition, as the driver says.
  func places(of dataset: DatasetID, _ partition: PartitionID) -> [BlockPlace] {
    description.kept.first { $0.dataset == dataset && $0.partition == partition }?.places ?? []
  }

  // MARK: What it gives

  func accumulate(_ accumulator: UInt64, _ update: any AccumulatorUpdate) {
    updates.withLock { updates in
      updates[accumulator] = updates[accumulator]?.merging(update) ?? update
    }
  }

  /// Its accumulators' updates, by their numbers.
  func accumulatorReports() throws -> [AccumulatorReport] {
    let updates = updates.withLock { $0 }
    return try updates.sorted { $0.key < $1.key }.map {
      AccumulatorReport(accumulator: $0.key, update: try $0.value.encoded())
    }
  }

  /// What it has read and written, and the time that it took until now.
  func metrics() -> TaskMetrics {
    var metrics = counters.metrics
    metrics.cpuNanoseconds = services.context.executors.processorTime(of: meter)
    metrics.wallNanoseconds = UInt64(
      clamping: services.context.time.now.nanoseconds - start.load(ordering: .relaxed))
    return metrics
  }
}
