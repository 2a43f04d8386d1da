/// How bytes travel on a link.
public struct LinkConditions: Hashable, Sendable {
  /// How long they are on their way.
  public var delay: Duration
  /// How many go through in a second; nil for all.
  public var bytesPerSecond: Int?
  /// How many arrive together at most; nil for all.
  public var chunk: Int?
  /// Nothing goes through; what was sent waits, and new connections get no answer.
  public var isPartitioned: Bool

  /// As if nobody stood between.
  public init(
    delay: Duration = .zero, bytesPerSecond: Int? = nil, chunk: Int? = nil, isPartitioned: Bool = false
  ) {
    self.delay = delay
    self.bytesPerSecond = bytesPerSecond
    self.chunk = chunk
    self.isPartitioned = isPartitioned
  }

  /// Whether bytes may be handed on at once.
  var isPlain: Bool { delay == .zero && bytesPerSecond == nil && chunk == nil && !isPartitioned }
}
