public import FlintCore
public import FlintWire

/// A connection to one peer that is dialled again whenever it is lost.
///
/// What was sent on a lost connection may or may not have arrived. Whoever repeats it does so under ``MessageRule``.
public actor Link {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { transport.context.controlExecutor }

  private nonisolated let transport: Transport
  private let endpoint: Endpoint
  private let role: PeerRole
  private let channel: Introduction.Channel
  private let admit: Transport.Admit
  private var backoff: Backoff
  private var generator: RandomnessGenerator
  private var current: Connection?
  private var waiters: [(ticket: UInt64, continuation: UnsafeContinuation<Connection, any Error>)] = []
  private var ticketCount: UInt64 = 0

  /// A link from `transport`'s node to the peer of `role` at `endpoint`. `admit` is asked for each connection's handler.
  public init(
    _ transport: Transport, to endpoint: Endpoint, expecting role: PeerRole, channel: Introduction.Channel = .control,
    admit: @escaping Transport.Admit
  ) {
    self.transport = transport
    self.endpoint = endpoint
    self.role = role
    self.channel = channel
    self.admit = admit
    backoff = Backoff(limits: transport.limits)
    generator = RandomnessGenerator(transport.context.randomness)
  }

  /// The connection, when there is one now.
  public var connection: Connection? { current }

  /// The connection, once there is one. Throws `CancellationError` when the current Swift task is cancelled.
  public func connected() async throws -> Connection {
    ticketCount += 1
    let ticket = ticketCount
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { (continuation: UnsafeContinuation<Connection, any Error>) in
        if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
        if let current, current.assumeIsolated({ $0.isOpen }) { return continuation.resume(returning: current) }
        waiters.append((ticket, continuation))
      }
    } onCancel: {
      Task(executorPreference: transport.context.executors.control) { await self.cancel(ticket) }
    }
  }

  private func cancel(_ ticket: UInt64) {
    guard let index = waiters.firstIndex(where: { $0.ticket == ticket }) else { return }
    waiters.remove(at: index).continuation.resume(throwing: CancellationError())
  }

  /// Keeps a connection until the current Swift task is cancelled; then ends it.
  public func run() async {
    let time = transport.context.time
    while !Task.isCancelled {
      let began = time.now
      if await keepOne(), began.duration(to: time.now) >= transport.limits.redialAtMost { backoff.reset() }
      guard (try? await time.sleep(for: backoff.wait(random: generator.next()))) != nil else { break }
    }
  }

  /// Dials and returns when the connection is over. False when there was none.
  private func keepOne() async -> Bool {
    let (end, over) = AsyncStream<Never>.makeStream()
    let admit = admit
    let dialled = try? await transport.connect(to: endpoint, expecting: role, channel: channel) { connection, peer in
      guard let handler = admit(connection, peer) else { return nil }
      return ConnectionHandler(received: handler.received) { connection, reason in
        handler.ended(connection, reason)
        over.finish()
      }
    }
    guard let dialled else { return false }
    // It may be over by now.
    if await dialled.isOpen {
      current = dialled
      let waiting = waiters
      waiters = []
      for waiter in waiting { waiter.continuation.resume(returning: dialled) }
    }
    for await _ in end {}
    current = nil
    if Task.isCancelled { await dialled.close() }
    return true
  }
}
