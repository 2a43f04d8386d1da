internal import FlintCore
internal import FlintStorage
public import FlintTasks
public import FlintWire
internal import Synchronization

/// Takes the rows of one map task for the readers of a shuffle, and keeps them: in the executor's memory while they are
/// few, else in a file that belongs to the node.
///
/// It is the task's own, and used by one caller. It ends with ``finish(inMemory:inFile:)`` or ``abandon()``.
public final class MapOutputWriter: ShuffleOutput {
  /// How many reduce partitions there are.
  public let partitionCount: Int
  private let shuffle: ShuffleID
  private let context: any TaskContext
  private let store: MapOutputStore
  private let state: Mutex<MapOutputBuffer>
  /// What of the executor's memory is this writer's, and the file once there is one.
  private let holdings = Mutex<(memory: Int64, file: DiskBlockWriter?)>((0, nil))
  /// Memory is asked for in steps, and the first of them is so little that nobody need know.
  private static let memoryStep = 64 << 10
  private static let writeSize = 1 << 20

  init(_ shuffle: ShuffleID, partitionCount: Int, store: MapOutputStore, context: any TaskContext) throws(FlintError) {
    precondition(partitionCount > 0, "a shuffle without readers")
    self.partitionCount = partitionCount
    self.shuffle = shuffle
    self.context = context
    self.store = store
    state = Mutex(
      try MapOutputBuffer(shuffle: shuffle, map: context.attempt, partitionCount: partitionCount))
  }

  /// Takes a block of encoded rows for one reduce partition.
  public func append(_ block: [UInt8], rowCount: Int, checksum: UInt64, to partition: Int) async throws {
    precondition(partition >= 0 && partition < partitionCount, "partition \(partition) of \(partitionCount)")
    let buffered = try state.withLock { state in
      let size = try state.add(block, rowCount: rowCount, checksum: checksum, to: partition)
      context.counters.count {
        $0.shuffleRowsWritten += UInt64(rowCount)
        $0.shuffleBytesWritten += UInt64(size)
      }
      return state.byteCount
    }
    if buffered >= Int(context.limits.mapOutputBuffer.bytes) {
      try await flush()
    } else if buffered > holdings.withLock({ Int($0.memory) }) + Self.memoryStep {
      try await acquire(for: buffered)
    }
  }

  /// Ends the output and says what it is. Its place is `inMemory` when it stayed in the executor's memory, else `inFile`:
  /// the node's, which an executor's death does not take away.
  public func finish(inMemory: BlockPlace, inFile: BlockPlace) async throws -> MapOutputReport {
    let isInMemory: Bool
    do {
      isInMemory = try await keep()
    } catch {
      await abandon()
      throw error
    }
    await release()
    return state.withLock { state in
      MapOutputReport(
        shuffle: shuffle, place: isInMemory ? inMemory : inFile, byteCounts: state.byteCounts,
        rowCounts: state.rowCounts, checksum: state.sum.value)
    }
  }

  /// Gives up, and removes what was written.
  public func abandon() async {
    let file = holdings.withLock { $0.file.take() }
    await file?.abandon()
    _ = state.withLock { $0.takeRun() }
    await release()
  }

  // MARK: Helpers

  /// Whether the output is in the executor's memory, rather than in a file or nowhere since it is empty.
  private func keep() async throws -> Bool {
    let buffered = state.withLock { $0.byteCount }
    let hasFile = holdings.withLock { $0.file != nil }
    if buffered == 0, !hasFile { return false }
    if !hasFile, buffered <= Int(context.limits.memoryMapOutput.bytes) {
      let output = state.withLock { state in
        let data = state.takeRun().flatMap { $0 }
        return MapOutput(index: MapOutputIndex(partitionCount: partitionCount, pieces: state.pieces), data: data)
      }
      // What the executor keeps is counted there from now on.
      await release()
      if await store.keep(output, shuffle, context.attempt) { return true }
      try await write([output.data])
    } else {
      try await flush()
    }
    let index = MapOutputIndex(partitionCount: partitionCount, pieces: state.withLock { $0.pieces })
    let file = try await file()
    try await file.append(index.bytes)
    holdings.withLock { $0.file = nil }
    try await file.finish()
    return false
  }

  private func acquire(for buffered: Int) async throws {
    let held = holdings.withLock { $0.memory }
    let wish = max(Int64(Self.memoryStep), Int64(buffered) - held)
    do {
      switch try await context.acquireMemory(ByteCount(wish), spillable: ByteCount(held)) {
      case .granted: holdings.withLock { $0.memory += wish }
      case .mustSpill: try await flush()
      }
    } catch let error as FlintError where error.code == .memoryBudgetExceeded {
      try await flush()
    }
  }

  private func release() async {
    let memory = holdings.withLock { holdings in
      defer { holdings.memory = 0 }
      return holdings.memory
    }
    if memory > 0 { await context.releaseMemory(ByteCount(memory)) }
  }

  /// Writes what is in memory as one run.
  private func flush() async throws {
    let run = state.withLock { $0.byteCount > 0 ? $0.takeRun() : [] }
    try await write(run)
    await release()
  }

  private func write(_ pieces: [[UInt8]]) async throws {
    guard pieces.contains(where: { !$0.isEmpty }) else { return }
    let file = try await file()
    var bytes: [UInt8] = []
    for piece in pieces {
      bytes += piece
      guard bytes.count >= Self.writeSize else { continue }
      try context.checkCancellation()
      try await file.append(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    if !bytes.isEmpty { try await file.append(bytes) }
  }

  private func file() async throws -> DiskBlockWriter {
    if let file = holdings.withLock({ $0.file }) { return file }
    let file = try await store.disk.writer(for: .shuffleData(shuffle, map: context.attempt))
    holdings.withLock { $0.file = file }
    return file
  }
}
