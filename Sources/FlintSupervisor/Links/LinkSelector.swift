public import FlintCore
public import FlintWire

/// Which connections of a link are meant, and which way. What is nil does not matter.
public struct LinkSelector: Hashable, Sendable {
  /// Those that this executor has dialled.
  public var executor: ExecutorID?
  /// Those for messages, or those for blocks.
  public var channel: Introduction.Channel?
  /// This way only.
  public var direction: LinkDirection?

  /// All of them, unless something is named.
  public init(
    executor: ExecutorID? = nil, channel: Introduction.Channel? = nil, direction: LinkDirection? = nil
  ) {
    self.executor = executor
    self.channel = channel
    self.direction = direction
  }

  /// Whether bytes that go `direction` on a connection of `dialler` are meant. Before a dialler has said who it is, only
  /// selectors that do not ask are.
  func picks(_ dialler: Introduction?, _ direction: LinkDirection) -> Bool {
    if let wanted = self.direction, wanted != direction { return false }
    if let executor, dialler?.executor?.executor != executor { return false }
    if let channel, dialler?.channel != channel { return false }
    return true
  }
}
