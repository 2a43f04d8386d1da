/// How many messages came too late to count, by what made them so. A fault whose messages were never dropped was not tested.
public struct DroppedMessages: Hashable, Sendable {
  /// Of attempts that do not live any more, or of tasks that were heard of already.
  public internal(set) var stale = 0
  /// Of executors that were lost.
  public internal(set) var fenced = 0
  /// Losses that were known.
  public internal(set) var repeated = 0
}
