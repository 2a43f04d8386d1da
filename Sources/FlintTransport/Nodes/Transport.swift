public import FlintCore
public import FlintWire

/// All connections of one node: it listens, dials, and ends them together.
public actor Transport {
  /// What becomes of a peer that has said who it is: its handler, or nil when nobody here has a use for it.
  public typealias Admit = @Sendable (_ connection: isolated Connection, _ peer: Introduction) -> ConnectionHandler?

  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  nonisolated let context: NodeContext
  /// What this node says of itself.
  public nonisolated let local: Introduction
  nonisolated let admission: Admission
  nonisolated let limits: Limits
  private var strangers: StrangerLedger
  /// Every connection that is not over, by a number of its own.
  private var connections: [UInt64: Connection] = [:]
  private var connectionCount: UInt64 = 0
  private var isShutDown = false

  /// The connections of a node that says `local` of itself; limits that peers must know are filled in.
  public init(context: NodeContext, local: Introduction, admission: Admission = Admission(), limits: Limits = Limits())
  {
    self.context = context
    self.admission = admission
    self.limits = limits
    strangers = StrangerLedger(limit: limits.halfOpenConnections)
    var local = local
    local.frameLength = UInt32(clamping: limits.frameLength.bytes)
    local.requestsInFlight = UInt32(clamping: limits.requestsInFlight)
    self.local = local
  }

  /// How many connections are not over.
  public var openCount: Int { connections.count }

  /// How many of them have not said who they are.
  public var strangerCount: Int { strangers.count }

  // MARK: Listening

  /// Listens at `endpoint` for peers of these roles. Throws what the network's `listen` throws.
  ///
  /// Connections live on when the listener is closed.
  public func listen(
    at endpoint: Endpoint, serving roles: [PeerRole], admit: @escaping Admit
  ) async throws -> any NetworkListener {
    try await context.network.listen(at: endpoint) { [weak self] stream in
      self?.assumeIsolated { $0.accept(stream, serving: roles, admit) }
    }
  }

  private func accept(_ stream: any NetworkStream, serving roles: [PeerRole], _ admit: @escaping Admit) {
    let remote = stream.remote
    guard !isShutDown, strangers.enter(from: remote) else {
      context.log.warning("a connection was closed: \(CloseReason.tooManyStrangers)", ["peer": "\(remote)"])
      return stream.abort()
    }
    let connection = add(stream, .acceptor(serving: roles), local)
    let stranger = Once { [weak self] in self?.assumeIsolated { $0.strangers.leave(from: remote) } }
    connection.assumeIsolated { connection in
      connection.onIntroduced = { connection, result in
        // A refused peer counts until its stream is gone: it could be refused without end.
        guard case .success(let peer) = result else { return nil }
        stranger.run()
        return admit(connection, peer)
      }
      let released = connection.onReleased
      connection.onReleased = {
        stranger.run()
        released?()
      }
      connection.start()
    }
  }

  // MARK: Dialling

  /// Dials `endpoint` and says who this node is. Returns when the other side has let it in and is what was expected.
  ///
  /// Throws what the network's `dial` throws, and `connection-lost` when the handshake fails; the log says why.
  public func connect(
    to endpoint: Endpoint, expecting role: PeerRole, channel: Introduction.Channel = .control, admit: @escaping Admit
  ) async throws -> Connection {
    let stream = try await context.network.dial(
      endpoint, deadline: context.time.now.advanced(by: limits.dialDeadline))
    guard !isShutDown else {
      stream.abort()
      throw FlintError(.connectionLost, "\(local.name) has ended its connections")
    }
    var introduction = local
    introduction.channel = channel
    let connection = add(stream, .dialler(expecting: role), introduction)
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        introduce(connection, at: endpoint, admit, continuation)
      }
    } onCancel: {
      Task(executorPreference: context.executors.control) { await connection.close() }
    }
    return connection
  }

  private func introduce(
    _ connection: Connection, at endpoint: Endpoint, _ admit: @escaping Admit,
    _ continuation: UnsafeContinuation<Void, any Error>
  ) {
    connection.assumeIsolated { connection in
      connection.onIntroduced = { connection, result in
        let handler = (try? result.get()).flatMap { admit(connection, $0) }
        switch result {
        case .success where handler == nil:
          continuation.resume(throwing: FlintError(.connectionLost, "nobody has a use for \(endpoint)"))
        case .success: continuation.resume()
        case .failure(let error): continuation.resume(throwing: error)
        }
        return handler
      }
      if Task.isCancelled { connection.close() } else { connection.start() }
    }
  }

  private func add(
    _ stream: any NetworkStream, _ side: ConnectionMachine.Side, _ local: Introduction
  ) -> Connection {
    connectionCount += 1
    let number = connectionCount
    let connection = Connection(
      stream, side, local: local, admission: admission, limits: limits, context: context)
    connections[number] = connection
    connection.assumeIsolated { connection in
      connection.onReleased = { [weak self] in self?.assumeIsolated { $0.connections[number] = nil } }
    }
    return connection
  }

  // MARK: The end

  /// Ends every connection in order, within `duration`; what is not over by then is ended at once. Nothing is accepted or
  /// dialled any more.
  public func shutdown(within duration: Duration) async {
    isShutDown = true
    let deadline = context.time.now.advanced(by: duration)
    leaveAll(by: deadline)
    while !connections.isEmpty, context.time.now < deadline {
      guard (try? await context.time.sleep(for: min(duration, .milliseconds(5)))) != nil else { break }
    }
    closeAll()
  }

  private func leaveAll(by deadline: MonotonicInstant) {
    for connection in inOrder { connection.assumeIsolated { $0.leave(by: deadline) } }
  }

  private func closeAll() {
    for connection in inOrder { connection.assumeIsolated { $0.close() } }
  }

  private var inOrder: [Connection] { connections.sorted { $0.key < $1.key }.map(\.value) }
}
