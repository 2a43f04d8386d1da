internal import FlintCore
internal import FlintLineage
internal import FlintTasks
internal import Synchronization

/// What a task of a ``DirectRuntime`` has of its executor.
final class DirectTask: TaskContext {
  let attempt: TaskAttempt
  let job: JobID
  let place: DirectPlace
  let counters = TaskCounters()
  private let plan: DirectPlan
  private let runtime: DirectRuntime
  private let shuffles: [ShuffleID: DirectShuffle]
  private let state = Mutex(State())

  private struct State {
    var updates: [UInt64: any AccumulatorUpdate] = [:]
    var acquired: Int64 = 0
  }

  init(
    attempt: TaskAttempt, job: JobID, place: DirectPlace, plan: DirectPlan, runtime: DirectRuntime,
    shuffles: [ShuffleID: DirectShuffle]
  ) {
    self.place = place
    self.attempt = attempt
    self.job = job
    self.plan = plan
    self.runtime = runtime
    self.shuffles = shuffles
  }

  var limits: Limits { runtime.limits }
  var files: any FileSystem { runtime.context.files }
  var log: Logger { runtime.context.log }
  var updates: [UInt64: any AccumulatorUpdate] { state.withLock { $0.updates } }

  func checkCancellation() throws { try Task.checkCancellation() }

  func partitionData(of dataset: DatasetID, _ partition: PartitionID) throws -> [UInt8] {
    let node = plan.request.node.ancestry().first { $0.id == dataset }
    guard let data = try (node?.operation as? any NodeOperation)?.partitionData(partition) else {
      throw FlintError(.corruptData, "no data came for \(partition) of \(dataset)")
    }
    return data
  }

  func acquireMemory(_ size: ByteCount, spillable: ByteCount) async throws -> MemoryGrant {
    guard let budget = runtime.taskMemory else { return .granted }
    let left = state.withLock { state in
      let left = budget.bytes - state.acquired
      if size.bytes <= left { state.acquired += size.bytes }
      return left
    }
    if size.bytes <= left { return .granted }
    guard spillable.bytes > 0 else {
      throw FlintError(.memoryBudgetExceeded, "no \(size) for \(attempt)", why: "\(ByteCount(left)) are left")
    }
    return .mustSpill(ByteCount(min(spillable.bytes, size.bytes - left)))
  }

  var memoryLimit: ByteCount { runtime.taskMemory ?? .gibibytes(4) }
  var idleSlabs: IdleSlabs { runtime.idleSlabs }

  func releaseMemory(_ size: ByteCount) async { state.withLock { $0.acquired -= size.bytes } }

  func makeSpillFile() async throws -> any SpillFile {
    runtime.books.withLock { $0.record.spillFiles += 1 }
    return DirectSpill(counters)
  }

  func shuffleInput(_ shuffle: ShuffleID, _ partition: PartitionID) async throws -> any ShuffleInput {
    guard let output = shuffles[shuffle] else { throw FlintError(.corruptData, "\(shuffle) was not written") }
    return output.input(Int(partition.rawValue))
  }

  func askToCommit() async throws { runtime.books.withLock { $0.noteCommit(job) } }

  func enter(_ operation: String, at location: SourceLocation) {
    _ = runtime.books.withLock { $0.record.entered.insert(operation) }
  }

  func accumulate(_ accumulator: UInt64, _ update: any AccumulatorUpdate) {
    state.withLock { state in
      state.updates[accumulator] = state.updates[accumulator].map { $0.merging(update) } ?? update
    }
  }
}
