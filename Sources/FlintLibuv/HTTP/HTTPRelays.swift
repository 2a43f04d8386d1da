internal import CFlintHTTP
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// Carries HTTP between clients under TLS and the library, which gets one end of a pair of sockets.
final class HTTPRelays: Sendable {
  private let network: LibuvNetwork
  private let desk: HandshakeDesk

  init(
    _ context: TLSContext, _ network: LibuvNetwork, _ daemon: LoopConfined<HTTPDaemon>, _ limits: Limits, _ log: Logger
  ) {
    self.network = network
    let pool = CiphertextPool()
    desk = HandshakeDesk(
      on: network.loop, log: log, limits: limits,
      make: { raw in
        let machine = try TLSMachine(context, .server, accepting: [])
        return TLSStream(over: raw, machine, on: network.loop, pool: pool, log: log)
      },
      accept: { client in
        // Without a descriptor left the client is let go, and may come again.
        guard let (near, far) = try? HTTPRelays.makePair(),
          let library = try? network.makeStream(near, client.remote, remote: client.remote)
        else { return }
        HTTPRelay.connect(client, library, on: network.loop)
        daemon.value.add(far, client: client.remote)
      })
  }

  /// Takes a socket that `client` has connected; call it on the loop.
  func accept(_ socket: Descriptor, _ client: Endpoint) {
    guard let raw = try? network.makeStream(socket, client, remote: client) else { return }
    desk.receive(raw)
  }

  private static func makePair() throws(FlintError) -> (near: Descriptor, far: Descriptor) {
    var numbers: [CInt] = [-1, -1]
    _ = try systemCall("cannot make a pair of sockets") { flint_http_socket_pair(&numbers) }
    return (Descriptor(adopting: numbers[0]), Descriptor(adopting: numbers[1]))
  }
}
