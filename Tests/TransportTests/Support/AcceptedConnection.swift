import FlintTransport
import Synchronization

/// The connection that a listener has admitted last.
final class AcceptedConnection: Sendable {
  private let state = Mutex<Connection?>(nil)

  var connection: Connection? { state.withLock { $0 } }

  func take(_ connection: Connection) { state.withLock { $0 = connection } }
}
