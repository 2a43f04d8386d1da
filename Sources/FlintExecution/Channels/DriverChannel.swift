public import FlintCore
public import FlintWire

/// The driver as one of its executors sees it: over a connection, or in the same process.
public protocol DriverChannel: Sendable {
  /// Sends a message that is not answered. Throws `connection-lost` when the driver is gone.
  func send(_ message: Message) throws(FlintError)

  /// Sends a request and returns its answer. Throws `connection-lost`, `deadline-exceeded`, and what the driver says.
  func request(_ message: Message) async throws -> Message

  /// Sends a request and calls `completion` with its answer, on the control loop, or with what ``request(_:)`` throws; with
  /// `resource-exhausted` when there is no room for it now. For code on the control loop that sends very many.
  func request(_ message: Message, completion: @escaping @Sendable (Result<Message, FlintError>) -> Void)
}
