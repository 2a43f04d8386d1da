/// How one direction between two hosts behaves. The default is a quiet local network.
public struct LinkConditions: Sendable {
  /// How received bytes are cut into pieces.
  public enum Cutting: Sendable {
    /// As they were sent.
    case asSent
    /// Sometimes at a random byte, at most once a message.
    case anywhere
    /// One byte at a time.
    case everyByte
  }

  /// How long a message travels.
  public var latency: ClosedRange<Duration> = .microseconds(100)...(.milliseconds(2))
  /// How many of 1,000 messages travel longer, by up to ``spike``.
  public var spikePermille = 0
  /// How much longer those travel, at most.
  public var spike: Duration = .milliseconds(200)
  /// How many of 1,000 messages never arrive, though their stream goes on.
  public var lossPermille = 0
  /// How many of 1,000 messages arrive twice.
  public var duplicationPermille = 0
  /// How many of 1,000 messages arrive after later ones.
  public var reorderingPermille = 0
  /// How many of 1,000 messages arrive with one bit flipped.
  public var corruptionPermille = 0
  /// How many of 1,000 messages break their stream instead of arriving.
  public var resetPermille = 0
  /// How received bytes are cut into pieces.
  public var cutting = Cutting.asSent
  /// Bytes that are under way at most before the sender's queue fills.
  public var window = 256 * 1024
  /// Nothing arrives until the link is healed: a partition, in this direction.
  public var isCut = false

  /// A quiet local network.
  public init() {}
}
