/// What a frame is to the connection that carries it.
public enum FrameKind: UInt8, CaseIterable, Hashable, Sendable {
  /// The dialling side says who it is. The first frame of every connection.
  case hello = 1
  /// The other side lets it in and says who it is.
  case welcome = 2
  /// The other side does not let it in. No reason is given: a stranger would learn from it.
  case refused = 3
  /// A message that is to be answered.
  case request = 4
  /// The answer to a request.
  case reply = 5
  /// The answer to a request that could not be done: an error.
  case failure = 6
  /// A message that is not answered.
  case oneWay = 7
  /// The answer to a request is no longer wanted.
  case cancel = 8
  /// Nothing was to be said, but the sender is alive.
  case heartbeat = 9
  /// The sender starts no further request and ends the connection once all are answered.
  case goodbye = 10
  /// The answer to a request for a block: a ``BlockHeader``, and behind the frame the block's bytes.
  case block = 11
}
