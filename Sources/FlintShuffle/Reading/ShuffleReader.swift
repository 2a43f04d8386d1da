internal import FlintCompression
public import FlintCore
public import FlintStorage
public import FlintTasks
public import FlintWire

/// Reads what all map tasks wrote for one reduce partition: from this executor's memory, from this node's files, and from
/// others, which are asked ahead.
///
/// It belongs to one task and is used by one caller. It throws ``FetchFailure`` when a map task's output cannot be had, and
/// ``RowsLost`` when the rows are not as many as were written.
public actor ShuffleReader: ShuffleInput {
  private nonisolated let shuffle: ShuffleID
  private nonisolated let reduce: PartitionID
  private nonisolated let epoch: MapOutputEpoch
  private nonisolated let context: any TaskContext
  private nonisolated let sources: Sources
  private nonisolated let written: UInt64
  private let own: [MapOutputEntry]
  private let foreign: [MapOutputEntry]
  private let decompressor: BlockDecompressor

  private var fetcher: ShuffleFetcher?
  private var hasStarted = false
  private var heldMemory: Int64 = 0
  /// The next of the outputs that are here, and what is being read of it.
  private var ownIndex = 0
  private var ownParser: SegmentParser?
  private var ownOffset: UInt64 = 0
  /// What has come of others' outputs, and the part whose blocks are given now.
  private var parsers: [Int: SegmentParser] = [:]
  private var current: FetchMachine.Part?

  /// Who has what, as a task sees it.
  public struct Sources: Sendable {
    /// The node that the task runs on.
    public let node: NodeID
    /// The executor that it runs on.
    public let executor: ExecutorIncarnation
    /// This executor's and this node's outputs.
    public let local: any BlockProvider
    /// Everybody else's; nil where there is nobody else.
    public let remote: (any BlockFetching)?
    /// The node's clock and loop.
    public let context: NodeContext

    /// Sources of a task.
    public init(
      node: NodeID, executor: ExecutorIncarnation, local: any BlockProvider, remote: (any BlockFetching)?,
      context: NodeContext
    ) {
      (self.node, self.executor, self.local, self.remote, self.context) = (node, executor, local, remote, context)
    }

    func isOwn(_ place: BlockPlace) -> Bool {
      place.executor.map { $0 == executor } ?? (place.node == node)
    }
  }

  /// Reads the outputs `entries` for `reduce`, whose places hold under `epoch`.
  public init(
    _ shuffle: ShuffleID, reduce: PartitionID, entries: [MapOutputEntry], epoch: MapOutputEpoch, sources: Sources,
    context: any TaskContext
  ) throws(FlintError) {
    self.shuffle = shuffle
    self.reduce = reduce
    self.epoch = epoch
    self.context = context
    self.sources = sources
    let wanted = entries.filter { $0.byteCount > 0 }
    own = wanted.filter { sources.isOwn($0.place) }
    foreign = wanted.filter { !sources.isOwn($0.place) }
    decompressor = try BlockDecompressor(.lz4)
    written = entries.reduce(0) { $0 + $1.rowCount }
  }

  deinit {
    if let fetcher { Task { await fetcher.cancel() } }
  }

  /// The next block of rows; nil after the last.
  public func next() async throws -> [UInt8]? {
    try context.checkCancellation()
    if !hasStarted {
      hasStarted = true
      try await startFetching()
    }
    // What is here comes first: meanwhile the rest arrives.
    if let block = try await nextOwn() { return block }
    if let block = try await nextForeign() { return block }
    await close()
    return nil
  }

  /// Compares the rows that were read with those that were written.
  public nonisolated func finish(rowCount: UInt64) throws {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.missingOutputEmpty) || RuntimeBug.has(.blockChecksumIgnored) { return }
    #endif
    guard rowCount == written else { throw RowsLost(shuffle: shuffle, written: written, read: rowCount) }
    context.counters.count { $0.shuffleRowsRead += rowCount }
  }

  // MARK: What is here

  private func nextOwn() async throws -> [UInt8]? {
    while ownIndex < own.count {
      let entry = own[ownIndex]
      do {
        if let block = try await nextBlock(of: entry) { return block }
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        #if FLINT_PLANTED_RUNTIME
          if RuntimeBug.has(.missingOutputEmpty) {
            (ownIndex, ownParser, ownOffset) = (ownIndex + 1, nil, 0)
            continue
          }
        #endif
        throw failure(entry, error)
      }
      (ownIndex, ownParser, ownOffset) = (ownIndex + 1, nil, 0)
    }
    return nil
  }

  private func nextBlock(of entry: MapOutputEntry) async throws -> [UInt8]? {
    var parser = ownParser ?? SegmentParser(entry, shuffle, reduce, decompressor)
    while true {
      let block = try parser.next()
      ownParser = parser
      if let block { return block }
      let count = min(UInt64(context.limits.fetchRequest.bytes), entry.byteCount - ownOffset)
      guard count > 0 else {
        try parser.finish()
        return nil
      }
      let request = BlockRequest(block: self.block(entry), offset: ownOffset, length: count)
      guard let bytes = try await sources.local.part(of: request) else {
        throw FlintError(.fileNotFound, "\(request.block) is not here")
      }
      ownOffset += count
      self.count(count)
      bytes.withUnsafeBytes { parser.take($0) }
    }
  }

  // MARK: What others have

  private func startFetching() async throws {
    guard let first = foreign.first else { return }
    guard let remote = sources.remote else {
      throw failure(first, FlintError(.unreachable, "nothing can be fetched from \(first.place.endpoint)"))
    }
    let window = try await acquireWindow()
    let fetcher = ShuffleFetcher(
      foreign.map { ($0, block($0)) }, window: window, client: remote, context: sources.context,
      limits: context.limits)
    self.fetcher = fetcher
    await fetcher.start()
  }

  /// Memory for what is on its way: as much as is allowed, or for one request when that is not there.
  private func acquireWindow() async throws -> UInt64 {
    let total = foreign.reduce(0) { $0 + $1.byteCount }
    let most = min(total, UInt64(context.limits.fetchBytesInFlight.bytes))
    let least = min(total, UInt64(context.limits.fetchRequest.bytes))
    do {
      try await acquire(most)
      return most
    } catch let error as FlintError where error.code == .memoryBudgetExceeded && least < most {
      try await acquire(least)
      return least
    }
  }

  private func acquire(_ count: UInt64) async throws {
    switch try await context.acquireMemory(ByteCount(Int64(count)), spillable: ByteCount(0)) {
    case .granted: heldMemory = Int64(count)
    case .mustSpill:
      preconditionFailure("a reader that can spill nothing was told to")
    }
  }

  private func nextForeign() async throws -> [UInt8]? {
    guard let fetcher else { return nil }
    while true {
      if let part = current {
        if let block = try await nextBlock(of: part, fetcher) { return block }
        current = nil
        await fetcher.used(part)
      }
      let arrival: ShuffleFetcher.Arrival?
      do {
        arrival = try await fetcher.next()
      } catch let loss as ShuffleFetcher.Loss {
        #if FLINT_PLANTED_RUNTIME
          if RuntimeBug.has(.missingOutputEmpty) { return nil }
        #endif
        throw failure(foreign[loss.output], loss.error)
      }
      guard let arrival else { return nil }
      let part = arrival.part
      count(part.count)
      // Taken out while it changes: its bytes are not to be copied.
      var parser =
        parsers.removeValue(forKey: part.output) ?? SegmentParser(foreign[part.output], shuffle, reduce, decompressor)
      parser.take(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(arrival.slab.bytes)[..<Int(part.count)]))
      parsers[part.output] = parser
      current = part
    }
  }

  /// The next block of the output whose part has come; nil when more has to come. Damage begins it again from where it is.
  private func nextBlock(of part: FetchMachine.Part, _ fetcher: ShuffleFetcher) async throws -> [UInt8]? {
    guard var parser = parsers.removeValue(forKey: part.output) else { return nil }
    do {
      if let block = try parser.next() {
        parsers[part.output] = parser
        return block
      }
      if part.offset + part.count == foreign[part.output].byteCount {
        try parser.finish()
      } else {
        // Many outputs may wait for their next part: none of them holds the memory of the last one.
        parser.shrink()
        parsers[part.output] = parser
      }
      return nil
    } catch  where parser.isComplete {
      throw failure(foreign[part.output], error)
    } catch {
      parser.restart()
      parsers[part.output] = parser
      await fetcher.damaged(part.output, from: parser.offset, error)
      return nil
    }
  }

  // MARK: Helpers

  private func block(_ entry: MapOutputEntry) -> BlockID { .shuffleSegment(shuffle, map: entry.map, reduce: reduce) }

  private func count(_ bytes: UInt64) { context.counters.count { $0.shuffleBytesRead += bytes } }

  private func failure(_ entry: MapOutputEntry, _ error: any Error) -> FetchFailure {
    let error = error as? FlintError ?? FlintError(.inputOutput, "\(block(entry)) cannot be read", cause: error)
    return FetchFailure(shuffle: shuffle, map: entry.map.task.partition, epoch: epoch, error: error)
  }

  private func close() async {
    await fetcher?.cancel()
    fetcher = nil
    let memory = heldMemory
    heldMemory = 0
    if memory > 0 { await context.releaseMemory(ByteCount(memory)) }
  }
}
