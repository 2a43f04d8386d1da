import FlintExecution
import FlintCore
import FlintShuffle
import FlintTasks
import FlintWire
import Synchronization

/// Stores of one process, all in memory and without a bound: for tests, and for executors that share a process and need no
/// others. What is spilled stays in memory, kept rows are bytes, and broadcasts must be filled already.
final class MemoryStores: TaskStores {
  private struct Output {
    var blocks: [[[UInt8]]]
    var rowCounts: [UInt64]
  }

  private struct OutputKey: Hashable {
    let shuffle: ShuffleID
    let map: TaskAttempt
  }

  private struct State {
    var outputs: [OutputKey: Output] = [:]
    var kept: [BlockID: [[UInt8]]] = [:]
    var results: [TaskAttempt: [UInt8]] = [:]
    var held: [TaskAttempt: Int64] = [:]
  }

  private let place: BlockPlace
  private let state = Mutex(State())

  /// Nothing yet; map outputs are told to be at `place`.
  init(at place: BlockPlace) {
    self.place = place
  }

  /// Bytes that tasks have asked for.
  var memoryUsed: UInt64 { state.withLock { UInt64(clamping: $0.held.values.reduce(0, +)) } }

  /// Whether no task holds anything, and no map output and no result is left.
  var isEmpty: Bool {
    state.withLock { $0.outputs.isEmpty && $0.kept.isEmpty && $0.results.isEmpty && $0.held.isEmpty }
  }

  /// A result that was too long for a message.
  func result(of task: TaskAttempt) -> [UInt8]? { state.withLock { $0.results[task] } }

  /// Grants it.
  func acquireMemory(
    _ size: ByteCount, for task: TaskAttempt, spillable: ByteCount
  ) async throws -> MemoryGrant {
    state.withLock { $0.held[task, default: 0] += size.bytes }
    return .granted
  }

  /// Counts it down.
  func releaseMemory(_ size: ByteCount, of task: TaskAttempt) async {
    state.withLock { $0.held[task, default: 0] -= size.bytes }
  }

  /// Nothing can leave.
  func relieve(_ size: ByteCount) async {}

  /// Bytes in memory.
  func makeSpillFile(for context: any TaskContext) async throws -> any SpillFile { MemorySpill() }

  /// Forgets what the task has asked for.
  func ended(_ task: TaskAttempt) async {
    state.withLock { $0.held[task] = nil }
  }

  /// The blocks in memory. Throws a failed fetch for a map task whose output is not there.
  func shuffleInput(
    _ shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs: [MapOutputEntry],
    for context: any TaskContext
  ) async throws -> any ShuffleInput {
    var blocks: [[UInt8]] = []
    var rowCount: UInt64 = 0
    for entry in outputs {
      let key = OutputKey(shuffle: shuffle, map: entry.map)
      guard let output = state.withLock({ $0.outputs[key] }) else {
        throw FetchFailure(
          shuffle: shuffle, map: entry.map.task.partition, epoch: epoch,
          error: FlintError(.fileNotFound, "there is no output of \(entry.map) for \(shuffle)"))
      }
      blocks += output.blocks[Int(reduce.rawValue)]
      rowCount += output.rowCounts[Int(reduce.rawValue)]
    }
    return MemoryInput(shuffle, blocks, rowCount)
  }

  /// Blocks in memory, which are there for readers once they are all there.
  func mapOutput(
    _ shuffle: ShuffleID, readerCount: Int, for context: any TaskContext
  ) async throws -> any MapOutputWriting {
    let (task, place) = (context.attempt, place)
    return MemoryOutput(readerCount) { [self] blocks, rowCounts, checksum in
      let output = Output(blocks: blocks, rowCounts: rowCounts)
      state.withLock { $0.outputs[OutputKey(shuffle: shuffle, map: task)] = output }
      return MapOutputReport(
        shuffle: shuffle, place: place,
        byteCounts: blocks.map { blocks in blocks.reduce(0) { $0 + UInt64($1.count) } }, rowCounts: rowCounts,
        checksum: checksum)
    }
  }

  /// Computes and keeps the rows where the driver names no place, else reads them.
  func keptRows(_ kept: KeptPartition, for context: any TaskContext) async throws -> any RowStream {
    let id = BlockID.cached(kept.dataset, kept.partition)
    if !kept.places.isEmpty, let blocks = state.withLock({ $0.kept[id] }) {
      return MemoryRows(blocks, kept.codec)
    }
    let rows = try await kept.compute()
    var blocks: [[UInt8]] = []
    while let batch = try await rows.next() {
      try context.checkCancellation()
      blocks.append(try kept.codec.encode(batch))
    }
    state.withLock { $0.kept[id] = blocks }
    return MemoryRows(blocks, kept.codec)
  }

  /// What is longer than a message is kept for ``result(of:)``.
  func resultOutput(for context: any TaskContext) -> any ResultWriting {
    let task = context.attempt
    return MemoryResult(limit: Int(context.limits.resultChunk.bytes)) { [self] bytes in
      state.withLock { $0.results[task] = bytes }
    }
  }

  /// Does nothing: they are filled.
  func fill(_ broadcasts: [any PendingBroadcast]) async throws {}

  /// Forgets the blocks.
  func remove(_ blocks: [BlockID]) async {
    state.withLock { state in
      for block in blocks {
        switch block {
        case .cached: state.kept[block] = nil
        case .taskResult(let task): state.results[task] = nil
        case .shuffleData(let shuffle, let map): state.outputs[OutputKey(shuffle: shuffle, map: map)] = nil
        case .broadcast, .shuffleIndex, .shuffleSegment: break
        }
      }
    }
  }

  /// Forgets everything.
  func close() async {
    state.withLock { $0 = State() }
  }
}
