import FlintCore
import FlintLibuv
import FlintSystem
import Testing

/// Two peers that are connected over the machine's sockets.
struct Pair {
  let client: Peer
  let server: Peer

  /// On loops of its own.
  static func use(
    at endpoint: Endpoint = .tcp(host: "127.0.0.1", port: 0), server mode: Peer.Mode = .check,
    _ body: (Pair) async throws -> Void
  ) async throws {
    let loop = try EventLoop()
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await use(on: loop, at: endpoint, server: mode, body)) } catch {
      outcome = .failure(error)
    }
    await loop.shutdown()
    try outcome.get()
  }

  static func use(
    on loop: EventLoop, at endpoint: Endpoint = .tcp(host: "127.0.0.1", port: 0), server mode: Peer.Mode = .check,
    _ body: (Pair) async throws -> Void
  ) async throws {
    try await use(LibuvNetwork(loop: loop, blocks: loop), on: loop, at: endpoint, server: mode, body)
  }

  static func use(
    _ network: LibuvNetwork, on loop: EventLoop, at endpoint: Endpoint = .tcp(host: "127.0.0.1", port: 0),
    server mode: Peer.Mode = .check, _ body: (Pair) async throws -> Void
  ) async throws {
    let (accepted, continuation) = AsyncStream.makeStream(of: (any NetworkStream).self)
    let listener = try await network.listen(at: endpoint) { continuation.yield($0) }
    let client = Peer(try await network.dial(listener.endpoint, deadline: try soon()), .check, loop: loop)
    var streams = accepted.makeAsyncIterator()
    let server = Peer(try #require(await streams.next()), mode, loop: loop)
    await client.start()
    await server.start()
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(Pair(client: client, server: server))) } catch { outcome = .failure(error) }
    await client.abort()
    await server.abort()
    listener.close()
    try outcome.get()
  }
}

/// A deadline that no healthy test meets.
func soon() throws -> MonotonicInstant { try SystemTime().now.advanced(by: .seconds(60)) }
