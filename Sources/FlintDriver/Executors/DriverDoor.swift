package import FlintCore
internal import FlintExecution
package import FlintStorage
package import FlintTransport
internal import FlintWire
internal import Synchronization

/// Where executors in processes of their own find the driver: their messages come in here, and broadcasts go out.
package struct DriverDoor {
  private let driver: DriverNode
  private let blocks: BlockService
  private let nodeOf: @Sendable (ExecutorID) -> NodeID
  private let registered: @Sendable (ExecutorIncarnation) -> Void
  private let process: UInt32
  private let seats = Seats()

  /// - Parameters:
  ///   - nodeOf: the machine on which an executor runs, as the driver numbers machines.
  ///   - process: the system's number of this process, for whoever looks at it; 0 where there is none.
  ///   - registered: told of each life of an executor that is in service now, on the control loop.
  package init(
    _ driver: DriverNode, serving blocks: BlockService, process: UInt32 = 0,
    nodeOf: @escaping @Sendable (ExecutorID) -> NodeID,
    registered: @escaping @Sendable (ExecutorIncarnation) -> Void
  ) {
    self.driver = driver
    self.blocks = blocks
    self.nodeOf = nodeOf
    self.registered = registered
    self.process = process
  }

  /// Lets executors in at `endpoint`.
  package func open(_ transport: Transport, at endpoint: Endpoint) async throws -> any NetworkListener {
    let desk = InspectionDesk.handler(transport) { [driver, process] in await driver.inspection(process: process) }
    return try await transport.listen(at: endpoint, serving: [.executor, .observer]) { [self] _, peer in
      guard let executor = peer.executor else { return desk }
      return peer.channel == .blocks ? blocks.handler : handler(of: executor, in: peer.incarnation)
    }
  }

  /// `number` is the peer's word for its process.
  private func handler(of executor: ExecutorIncarnation, in number: UInt64) -> ConnectionHandler {
    ConnectionHandler { [self] connection, message, request in
      do throws(FlintError) {
        let answer = try take(message, of: executor, in: number, over: connection)
        if let request, let answer { connection.answer(request, with: answer) }
      } catch {
        if let request { connection.fail(request, with: error) }
        // A life that is over is told so at its next word.
        try? connection.send(.stopExecutor(ExecutorStop(executor: executor)))
      }
    } ended: { [driver, seats] connection, reason in
      // The end of one that is not in use says nothing: a dial that was given up, a process that only claims to be it.
      guard seats.leave(executor, connection) else { return }
      driver.assumeIsolated { $0.connectionClosed(executor, "connection closed: \(reason)") }
    }
  }

  private func take(
    _ message: Message, of executor: ExecutorIncarnation, in number: UInt64, over connection: Connection
  ) throws(FlintError) -> Message? {
    guard seats.mayTake(executor, number) else {
      throw FlintError(.executorsUnavailable, "\(executor) is another process", why: "that one came first")
    }
    let node = nodeOf(executor.executor)
    let answer = driver.assumeIsolated { driver in
      Result { () throws(FlintError) -> Message? in
        guard case .registerExecutor(let registration) = message else {
          return try driver.receive(message, from: executor)
        }
        guard registration.executor == executor else {
          throw FlintError(.invalidArgument, "\(executor) registers as \(registration.executor)")
        }
        let channel = ConnectedExecutor(executor, connection)
        return .executorRegistered(try driver.register(registration, node: node, over: channel))
      }
    }
    let message = try answer.get()
    if case .executorRegistered = message {
      seats.take(executor, number, connection)
      registered(executor)
    }
    return message
  }

  /// Which process is which life of an executor, and over which connection that is still open it registered last.
  private final class Seats: Sendable {
    private let taken = Mutex<[ExecutorIncarnation: (number: UInt64, connection: ObjectIdentifier?)]>([:])

    /// Whether nobody else is this executor.
    func mayTake(_ executor: ExecutorIncarnation, _ number: UInt64) -> Bool {
      #if FLINT_PLANTED_RUNTIME
        if RuntimeBug.has(.impostorBelieved) { return true }
      #endif
      return taken.withLock { $0[executor].map { $0.number == number } ?? true }
    }

    func take(_ executor: ExecutorIncarnation, _ number: UInt64, _ connection: Connection) {
      taken.withLock { $0[executor] = (number, ObjectIdentifier(connection)) }
    }

    /// Whether that was the connection in use.
    func leave(_ executor: ExecutorIncarnation, _ connection: Connection) -> Bool {
      #if FLINT_PLANTED_RUNTIME
        if RuntimeBug.has(.impostorBelieved) { return true }
      #endif
      return taken.withLock { taken in
        guard taken[executor]?.connection == ObjectIdentifier(connection) else { return false }
        taken[executor]?.connection = nil
        return true
      }
    }
  }
}
