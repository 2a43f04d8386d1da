public import FlintCore
public import FlintTransport
public import FlintWire

/// An executor at the other end of a connection.
public struct ConnectedExecutor: ExecutorChannel {
  /// Which one it is.
  public let executor: ExecutorIncarnation
  private let connection: Connection

  /// Talks to `executor` over `connection`.
  public init(_ executor: ExecutorIncarnation, _ connection: Connection) {
    self.executor = executor
    self.connection = connection
  }

  /// Sends a message that is not answered. To be called on the control loop.
  public func send(_ message: Message) throws(FlintError) {
    let result = connection.assumeIsolated { connection in
      Result { () throws(FlintError) in try connection.send(message) }
    }
    try result.get()
  }

  /// Ends the connection. To be called on the control loop.
  public func close() {
    connection.assumeIsolated { $0.close() }
  }
}
