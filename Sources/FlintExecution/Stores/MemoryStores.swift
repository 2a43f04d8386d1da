public import FlintCore
public import FlintTasks
public import FlintWire
internal import Synchronization

/// Stores of one process, all in memory and without a bound: for tests, and for executors that share a process and need no
/// others. What is spilled stays in memory, kept rows are bytes, and broadcasts must be filled already.
public final class MemoryStores: TaskStores {
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
  public init(at place: BlockPlace) {
    self.place = place
  }

  /// Bytes that tasks have asked for.
  public var memoryUsed: UInt64 { state.withLock { UInt64(clamping: $0.held.values.reduce(0, +)) } }

  /// Whether no task holds anything, and no map output and no result is left.
  public var isEmpty: Bool {
    state.withLock { $0.outputs.isEmpty && $0.kept.isEmpty && $0.results.isEmpty && $0.held.isEmpty }
  }

  /// A result that was too long for a message.
  public func result(of task: TaskAttempt) -> [UInt8]? { state.withLock { $0.results[task] } }

  public func acquireMemory(
    _ size: ByteCount, for task: TaskAttempt, spillable: ByteCount
  ) async throws -> MemoryGrant {
    state.withLock { $0.held[task, default: 0] += size.bytes }
    return .granted
  }

  public func releaseMemory(_ size: ByteCount, of task: TaskAttempt) async {
    state.withLock { $0.held[task, default: 0] -= size.bytes }
  }

  public func makeSpillFile(for task: TaskAttempt) async throws -> any SpillFile { MemorySpill() }

  public func ended(_ task: TaskAttempt) async {
    state.withLock { $0.held[task] = nil }
  }

  public func shuffleInput(
    _ shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs: [MapOutputEntry],
    for context: any TaskContext
  ) async throws -> any ShuffleInput {
    var blocks: [[UInt8]] = []
    var rowCount: UInt64 = 0
    for entry in outputs {
      let key = OutputKey(shuffle: shuffle, map: entry.map)
      guard let output = state.withLock({ $0.outputs[key] }) else {
        throw MissingOutput(shuffle: shuffle, map: entry.map.task.partition, epoch: epoch)
      }
      blocks += output.blocks[Int(reduce.rawValue)]
      rowCount += output.rowCounts[Int(reduce.rawValue)]
    }
    return MemoryInput(shuffle, blocks, rowCount)
  }

  public func mapOutput(
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

  public func keptRows(_ kept: KeptPartition, for context: any TaskContext) async throws -> any RowStream {
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

  public func keepResult(_ bytes: [UInt8], of task: TaskAttempt) async throws {
    state.withLock { $0.results[task] = bytes }
  }

  public func fill(_ broadcasts: [any PendingBroadcast]) async throws {}

  public func remove(_ blocks: [BlockID]) async {
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

  public func close() async {
    state.withLock { $0 = State() }
  }
}

/// A map task's output is not there.
private struct MissingOutput: ReportableFailure {
  let shuffle: ShuffleID
  let map: PartitionID
  let epoch: MapOutputEpoch

  var report: FailureReport {
    FailureReport(
      kind: .fetchFailed(shuffle, map: map, epoch: epoch),
      error: RemoteError(.fileNotFound, "there is no output of \(map) for \(shuffle)"))
  }
}

private final class MemorySpill: SpillFile {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ block: [UInt8]) async throws -> Range<Int64> {
    bytes.withLock { bytes in
      bytes += block
      return Int64(bytes.count - block.count)..<Int64(bytes.count)
    }
  }

  func read(_ range: Range<Int64>) async throws -> [UInt8] {
    bytes.withLock { Array($0[Int(range.lowerBound)..<Int(range.upperBound)]) }
  }

  func remove() async { bytes.withLock { $0 = [] } }
}

private final class MemoryOutput: MapOutputWriting {
  typealias Finish = @Sendable ([[[UInt8]]], [UInt64], UInt64) -> MapOutputReport

  private struct State {
    var blocks: [[[UInt8]]]
    var rowCounts: [UInt64]
    var checksum: UInt64 = 0
  }

  let partitionCount: Int
  private let whenDone: Finish
  private let state: Mutex<State>

  init(_ partitionCount: Int, whenDone: @escaping Finish) {
    self.partitionCount = partitionCount
    self.whenDone = whenDone
    state = Mutex(
      State(
        blocks: Array(repeating: [], count: partitionCount), rowCounts: Array(repeating: 0, count: partitionCount)))
  }

  func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    state.withLock { state in
      state.blocks[partition].append(block)
      state.rowCounts[partition] += UInt64(rowCount)
      state.checksum &+= checksum
    }
  }

  func finish() async throws -> MapOutputReport {
    let state = state.withLock { $0 }
    return whenDone(state.blocks, state.rowCounts, state.checksum)
  }

  func abandon() async {}
}

private final class MemoryInput: ShuffleInput {
  private let shuffle: ShuffleID
  private let expected: UInt64
  private let rest: Mutex<[[UInt8]]>

  init(_ shuffle: ShuffleID, _ blocks: [[UInt8]], _ rowCount: UInt64) {
    self.shuffle = shuffle
    expected = rowCount
    rest = Mutex(blocks.reversed())
  }

  func next() async throws -> [UInt8]? { rest.withLock { $0.popLast() } }

  func finish(rowCount: UInt64) throws {
    guard rowCount == expected else { throw RowsLost(shuffle: shuffle, expected: expected, read: rowCount) }
  }
}

/// Other rows came out of a shuffle than went in.
struct RowsLost: ReportableFailure {
  let shuffle: ShuffleID
  let expected: UInt64
  let read: UInt64

  var report: FailureReport {
    FailureReport(
      kind: .rowsLost(shuffle),
      error: RemoteError(.corruptData, "\(expected) rows were written to \(shuffle), and \(read) were read"))
  }
}

private final class MemoryRows: RowStream {
  private var rest: [[UInt8]]
  private let codec: any BatchCodec

  init(_ blocks: [[UInt8]], _ codec: any BatchCodec) {
    rest = blocks.reversed()
    self.codec = codec
  }

  func next() async throws -> AnyRowBatch? { try rest.popLast().map { try codec.decode($0) } }
}
