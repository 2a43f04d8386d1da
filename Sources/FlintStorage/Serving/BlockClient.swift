public import FlintCore
public import FlintTransport
public import FlintWire

/// One node's connections to those who have blocks. Each is dialled when it is needed first, and again when it was lost.
///
/// Not its job: trying again, and knowing who has what.
public actor BlockClient: BlockFetching {
  private struct Peer: Hashable {
    let endpoint: Endpoint
    let role: PeerRole
  }

  private nonisolated let transport: Transport
  private nonisolated let budget: MemoryBudget
  private var connections: [Peer: Connection] = [:]
  private var dialling: [Peer: Task<Connection, any Error>] = [:]
  /// It lives on the node's control loop.
  public nonisolated let unownedExecutor: UnownedSerialExecutor

  /// The connections of `transport`'s node, which receive into memory of `budget`.
  public init(_ transport: Transport, budget: MemoryBudget, context: NodeContext) {
    self.transport = transport
    self.budget = budget
    unownedExecutor = context.controlExecutor
  }

  /// The part of a block that `place` has. Files are served by their node's worker, everything else by its executor.
  public func fetch(_ request: BlockRequest, from place: BlockPlace) async throws -> Slab {
    let role = place.executor == nil ? PeerRole.worker : .executor
    return try await fetch(request, from: place.endpoint, role)
  }

  /// Asks the executor at `place` to keep a copy of a block.
  public func copy(_ copy: BlockCopy, to place: BlockPlace) async throws -> Bool {
    let connection = try await connection(to: Peer(endpoint: place.endpoint, role: .executor))
    guard case .blockCopied(let answer) = try await connection.request(.copyBlock(copy)) else { return false }
    return answer.isKept
  }

  /// The part of a block that the driver has.
  public func fetch(_ request: BlockRequest, fromDriver endpoint: Endpoint) async throws -> Slab {
    try await fetch(request, from: endpoint, .driver)
  }

  private func fetch(_ request: BlockRequest, from endpoint: Endpoint, _ role: PeerRole) async throws -> Slab {
    let connection = try await connection(to: Peer(endpoint: endpoint, role: role))
    return try await connection.fetch(request, into: budget)
  }

  private func connection(to peer: Peer) async throws -> Connection {
    if let known = connections[peer] {
      if await known.isOpen { return known }
      // Others may have dialled again meanwhile.
      if connections[peer] === known { connections[peer] = nil }
      if let fresh = connections[peer] { return fresh }
    }
    if let dialling = dialling[peer] { return try await dialling.value }
    // Not the asking task's own: others wait for it too.
    let dial = Task {
      defer { dialling[peer] = nil }
      let connection = try await transport.connect(to: peer.endpoint, expecting: peer.role, channel: .blocks) { _, _ in
        ConnectionHandler { connection, _, request in
          guard let request else { return }
          connection.fail(request, with: FlintError(.invalidArgument, "nothing is served on this connection"))
        }
      }
      connections[peer] = connection
      return connection
    }
    dialling[peer] = dial
    return try await dial.value
  }
}
