public import FlintCore
internal import FlintSystem
internal import Glibc

/// The network over the machine's plain sockets, TCP and Unix: nothing is encrypted. For tests on the real seams.
///
/// Over Unix sockets a peer that aborts looks like one that has finished; TCP tells them apart.
public actor LoopbackNetwork: Network {
  private let loop: LoopbackLoop
  private let threads: FileThreads

  /// The loop on which everything happens: the node's control executor.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// A network driven by `loop`, with a thread to look up names.
  public init(loop: LoopbackLoop) throws(FlintError) {
    self.loop = loop
    threads = try FileThreads(count: 1)
  }

  /// Listens at the first address of `endpoint`. A listener that is let go closes; a Unix socket's path goes with it.
  public func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    let addresses = try await threads.run { try SocketAddress.resolve(endpoint) }
    guard let address = addresses.first else { throw FlintError(.unreachable, "\(endpoint) has no address") }
    return try LoopbackListener(endpoint, address, loop: loop, accept: accept)
  }

  /// Tries the addresses of `endpoint` one after another, all within `deadline`.
  public func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    var failure: any Error = FlintError(.unreachable, "\(endpoint) has no address")
    for address in try await threads.run({ try SocketAddress.resolve(endpoint) }) {
      do {
        let socket = try await LoopbackDial(endpoint, address, loop: loop).connect(deadline: deadline)
        return try LoopbackStream(socket, remote: endpoint, loop: loop)
      } catch let error as FlintError where error.code != .deadlineExceeded {
        // A name may have several addresses, of which only one is listened at.
        failure = error
      }
    }
    throw failure
  }
}
