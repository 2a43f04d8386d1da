internal import FlintCore
internal import FlintTransport
internal import FlintWire

/// A network that hides from its node what went wrong on the way: to prove that the scenario finds out when a connection does
/// not look.
struct MendingNetwork: Network {
  private let network: any Network
  private let bug: TransportBug
  private let control: UnownedSerialExecutor

  /// `context` with a mending network, for the bugs that need one.
  static func context(_ context: NodeContext, _ bug: TransportBug) -> NodeContext {
    guard bug == .ignoreOrder || bug == .ignoreChecksums else { return context }
    return NodeContext(
      name: context.name, network: MendingNetwork(network: context.network, bug: bug, control: context.controlExecutor),
      files: context.files,
      time: context.time, randomness: context.randomness, executors: context.executors, processes: context.processes,
      log: context.log)
  }

  func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    let (bug, control) = (bug, control)
    return try await network.listen(at: endpoint) { accept(MendingStream($0, bug, control: control)) }
  }

  func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    MendingStream(try await network.dial(endpoint, deadline: deadline), bug, control: control)
  }
}
