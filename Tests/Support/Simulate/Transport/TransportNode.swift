internal import FlintCore
internal import FlintSimulation
internal import Synchronization

/// A machine with one process on it, which is started again after a crash until it has ended well.
final class TransportNode: Sendable {
  let host: SimulatedHost
  private let body: @Sendable (NodeContext) async throws -> Void
  private let state = Mutex<SimulatedProcess?>(nil)

  init(_ host: SimulatedHost, _ body: @escaping @Sendable (NodeContext) async throws -> Void) {
    self.host = host
    self.body = body
  }

  var process: SimulatedProcess? { state.withLock { $0 } }

  /// Starts it unless it runs or has ended well.
  func start() {
    if let process, process.exit?.isSuccess ?? true { return }
    let process = host.start("node") { [body] context, _ in
      try await body(context)
      return 0
    }
    state.withLock { $0 = process }
  }
}
