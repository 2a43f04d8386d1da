public import FlintCore
public import FlintTransport
public import FlintWire

/// The driver at the other end of a connection.
public struct ConnectedDriver: DriverChannel {
  private let connection: Connection

  /// Talks over `connection`.
  public init(_ connection: Connection) {
    self.connection = connection
  }

  /// Sends a message that is not answered. To be called on the control loop.
  public func send(_ message: Message) throws(FlintError) {
    let result = connection.assumeIsolated { connection in
      Result { () throws(FlintError) in try connection.send(message) }
    }
    try result.get()
  }

  /// Sends a request and returns its answer.
  public func request(_ message: Message) async throws -> Message { try await connection.request(message) }

  /// Sends a request and calls `completion`. To be called on the control loop.
  public func request(_ message: Message, completion: @escaping @Sendable (Result<Message, FlintError>) -> Void) {
    connection.assumeIsolated { connection in
      connection.request(message) { _, answer in completion(answer) }
    }
  }
}
