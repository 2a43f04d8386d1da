import FlintCore
import FlintTasks
import Synchronization

/// A task's context without an executor: it gets all the memory that `memory` has, and is never killed.
final class TestTask: TaskContext {
  let attempt: TaskAttempt
  let job = JobID(rawValue: 1)
  let limits: Limits
  let files: any FileSystem
  let log: Logger
  let counters = TaskCounters()
  private let memory: Int64
  private let held = Mutex<Int64>(0)
  /// Told to spill, or refused, so often.
  let shortages = Mutex(0)

  init(_ attempt: TaskAttempt, _ context: NodeContext, limits: Limits = Limits(), memory: ByteCount = .mebibytes(64)) {
    self.attempt = attempt
    self.limits = limits
    self.memory = memory.bytes
    files = context.files
    log = context.log
  }

  var heldMemory: Int64 { held.withLock { $0 } }

  func checkCancellation() throws { try Task.checkCancellation() }

  func partitionData(of dataset: DatasetID, _ partition: PartitionID) throws -> [UInt8] {
    throw FlintError(.corruptData, "no data")
  }

  func acquireMemory(_ size: ByteCount, spillable: ByteCount) async throws -> MemoryGrant {
    let isGranted = held.withLock { held in
      guard held + size.bytes <= memory else { return false }
      held += size.bytes
      return true
    }
    if isGranted { return .granted }
    shortages.withLock { $0 += 1 }
    if spillable.bytes > 0 { return .mustSpill(size) }
    throw FlintError(.memoryBudgetExceeded, "no memory")
  }

  var memoryLimit: ByteCount { ByteCount(memory) }
  let idleSlabs = IdleSlabs(capacity: ByteCount(0))

  func releaseMemory(_ size: ByteCount) async {
    held.withLock { held in
      held -= size.bytes
      precondition(held >= 0, "more is given back than was held")
    }
  }

  func makeSpillFile() async throws -> any SpillFile { throw FlintError(.diskFull, "no spill files") }

  func shuffleInput(_ shuffle: ShuffleID, _ partition: PartitionID) async throws -> any ShuffleInput {
    throw FlintError(.corruptData, "no input")
  }

  func askToCommit() async throws {}

  func accumulate(_ accumulator: UInt64, _ update: any AccumulatorUpdate) {}
}
