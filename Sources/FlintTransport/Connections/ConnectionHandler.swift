public import FlintWire

/// What becomes of the messages of one connection. Both functions are called on the control loop, one after another, with
/// the connection's isolation: they may send and answer at once, and must neither wait nor compute for long.
///
/// An actor of the same loop is entered without a hop:
///
/// ```swift-sketch
/// ConnectionHandler { connection, message, request in
///   driver.assumeIsolated { $0.receive(message, request, from: connection) }
/// }
/// ```
public struct ConnectionHandler: Sendable {
  /// Gets a message, and for one that is to be answered its number.
  public typealias Received =
    @Sendable (_ connection: isolated Connection, _ message: Message, _ request: RequestID?)
    -> Void
  /// Gets the reason for the connection's end, once.
  public typealias Ended = @Sendable (_ connection: isolated Connection, _ reason: CloseReason) -> Void

  /// Gets a message that nobody has read yet: its kind and its body, valid during the call. Answers whether it has taken it.
  public typealias Unread =
    @Sendable (
      _ connection: isolated Connection, _ kind: MessageKind, _ body: UnsafeRawBufferPointer, _ request: RequestID?
    ) -> Bool

  let received: Received
  let ended: Ended
  /// Looks at every message before it is read, and may take it as it is: for code that hands bytes on.
  public var unread: Unread?

  /// A handler. A request that it does not answer by ``Connection/answer(_:with:)``, ``Connection/fail(_:with:)`` or
  /// ``Connection/answer(_:by:)`` waits until its sender gives up.
  public init(received: @escaping Received, ended: @escaping Ended = { _, _ in }) {
    self.received = received
    self.ended = ended
  }
}
