/// The most that a process had at once, by numbers: what the system of a real machine would have to give it.
public struct ProcessPeaks: Hashable, Sendable {
  /// Open files.
  public let files: Int
  /// Streams, also those whose dial is under way.
  public let streams: Int
}
