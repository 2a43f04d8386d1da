internal import FlintCore
internal import FlintScheduling
internal import FlintWire

/// Tasks, what they wrote, and blocks.
extension EventLog {
  // MARK: Tasks

  mutating func taskStarted(_ attempt: TaskAttempt, on executor: ExecutorIncarnation, isSpeculative: Bool) {
    if isOff { return }
    begin("taskStarted")
    put(attempt)
    put(executor)
    if isSpeculative { line.field("speculative", true) }
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
      line.field("status", failure == .killed ? "killed" : "failed")
      line.field("failure", failure.word)
      line.field("error", error?.description)
    }
    line.field("nanoseconds", took.nanoseconds)
    line.field("cpuNanoseconds", metrics.cpuNanoseconds)
    put(metrics)
    end()
  }

  private mutating func put(_ metrics: TaskMetrics) {
    let counts: [(StaticString, UInt64)] = [
      ("rowsRead", metrics.rowsRead), ("rowsWritten", metrics.rowsWritten), ("bytesRead", metrics.bytesRead),
      ("bytesWritten", metrics.bytesWritten), ("shuffleRowsRead", metrics.shuffleRowsRead),
      ("shuffleRowsWritten", metrics.shuffleRowsWritten), ("shuffleBytesRead", metrics.shuffleBytesRead),
      ("shuffleBytesWritten", metrics.shuffleBytesWritten), ("spilledBytes", metrics.spilledBytes),
    ]
    // What a task did not do is not written.
    for (key, count) in counts where count != 0 { line.field(key, count) }
  }

  mutating func taskGettingResult(_ attempt: TaskAttempt, on executor: ExecutorIncarnation, bytes: UInt64) {
    if isOff { return }
    begin("taskGettingResult")
    put(attempt)
    put(executor)
    line.field("bytes", bytes)
    end()
  }

  mutating func mapOutputRegistered(
    _ shuffle: ShuffleID, _ output: MapOutput, by executor: ExecutorIncarnation, isRecomputed: Bool
  ) {
    if isOff { return }
    begin("mapOutputRegistered")
    line.field("shuffle", shuffle.rawValue)
    put(output.attempt)
    put(executor)
    if isRecomputed { line.field("recomputed", true) }
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
    flush()
  }

  // MARK: Blocks

  mutating func blockStored(_ stored: BlockStored, on executor: ExecutorIncarnation, isRecomputed: Bool) {
    if isOff { return }
    begin("blockStored")
    line.field("block", stored.block.description)
    put(executor)
    line.field("bytes", stored.byteCount)
    if isRecomputed { line.field("recomputed", true) }
    end()
  }

  /// Nobody has it any more.
  mutating func blockLost(_ block: BlockID) {
    if isOff { return }
    begin("blockLost")
    line.field("block", block.description)
    end()
  }

  mutating func datasetReleased(_ dataset: DatasetID) {
    if isOff { return }
    begin("datasetReleased")
    line.field("dataset", dataset.rawValue)
    end()
  }

  mutating func shuffleReleased(_ shuffle: ShuffleID) {
    if isOff { return }
    begin("shuffleReleased")
    line.field("shuffle", shuffle.rawValue)
    end()
  }

  mutating func blockDropped(_ block: BlockID, on executor: ExecutorIncarnation) {
    if isOff { return }
    begin("blockDropped")
    line.field("block", block.description)
    put(executor)
    end()
  }
}
