public import FlintCore
public import FlintWire

/// An executor as the driver sees it: over a connection, or in the same process.
public protocol ExecutorChannel: Sendable {
  /// Which life of which executor it is.
  var executor: ExecutorIncarnation { get }

  /// Sends a message that is not answered; messages arrive in the order in which they were sent. Throws `connection-lost`
  /// when the executor is gone.
  func send(_ message: Message) throws(FlintError)

  /// Ends the connection. What was sent may or may not have arrived.
  func close()
}
