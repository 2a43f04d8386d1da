/// What a process had in hand when its main function returned, by numbers: what it did not close itself.
public struct ProcessLeftovers: Hashable, Sendable {
  /// Open files.
  public let files: Int
  /// Streams that were not closed.
  public let streams: Int
  /// Endpoints at which it listened.
  public let listeners: Int
}
