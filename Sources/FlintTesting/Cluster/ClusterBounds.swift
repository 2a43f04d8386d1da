internal import FlintChaos
internal import FlintSimulation

/// I8: what a process of a cluster may have open at once. It follows from the work that is given to it, and not from how long
/// the cluster has run: whoever forgets to close something gets past it sooner or later.
struct ClusterBounds {
  /// Files: those of its tasks, which spill into parts, and those that it sends to others.
  let files: Int
  /// Streams: for messages and for blocks, dialled and accepted, to everybody who is there, and as many of those who were.
  let streams: Int

  init(_ shape: ClusterShape, machineCount: Int) {
    files = Self.filesOfTask * (shape.taskThreads + shape.executorCount)
    streams = Self.streamsOfPeer * (shape.executorCount + machineCount + Self.others)
  }

  /// What is too much, in words; nil when nothing is.
  func excess(of peaks: ProcessPeaks) -> String? {
    if peaks.files > files { return "\(peaks.files) open files, where \(files) are enough" }
    if peaks.streams > streams { return "\(peaks.streams) streams, where \(streams) are enough" }
    return nil
  }

  private static let filesOfTask = 24
  private static let streamsOfPeer = 4
  /// The driver, and those who only look or mean harm.
  private static let others = 3
}
