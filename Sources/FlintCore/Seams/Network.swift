/// Seam: byte streams between nodes.
///
/// Everything about a stream happens on the node's control executor: ``Network/listen(at:accept:)`` calls `accept`
/// there, a ``StreamReceiver`` is called there, and the methods of a ``NetworkStream`` may be called only there. So no
/// call needs a lock, and the callbacks of one stream arrive in the order in which things happened.
public protocol Network: Sendable {
  /// Listens at `endpoint` until the listener is closed; `accept` gets each stream that a peer opened.
  ///
  /// Throws `address-in-use`, `permission-denied`, `too-many-open-files`, or `unreachable` when the address is not this
  /// node's.
  func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener

  /// Opens a stream to `endpoint`.
  ///
  /// Throws `connection-refused`, `unreachable`, `too-many-open-files`, `deadline-exceeded` when the peer has not
  /// answered by `deadline`, or `CancellationError` when the current Swift task is cancelled meanwhile.
  func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream
}

/// A listening socket.
public protocol NetworkListener: AnyObject, Sendable {
  /// Where it listens, with the port that the system chose.
  var endpoint: Endpoint { get }

  /// Stops listening. Streams that were accepted live on. A second call does nothing.
  func close()
}
