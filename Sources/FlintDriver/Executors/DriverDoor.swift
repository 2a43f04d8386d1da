package import FlintCore
internal import FlintExecution
package import FlintStorage
package import FlintTransport
internal import FlintWire

/// Where executors in processes of their own find the driver: their messages come in here, and broadcasts go out.
package struct DriverDoor {
  private let driver: DriverNode
  private let blocks: BlockService
  private let nodeOf: @Sendable (ExecutorID) -> NodeID
  private let registered: @Sendable (ExecutorIncarnation) -> Void
  private let process: UInt32

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
      return peer.channel == .blocks ? blocks.handler : handler(of: executor)
    }
  }

  private func handler(of executor: ExecutorIncarnation) -> ConnectionHandler {
    ConnectionHandler { [self] connection, message, request in
      do throws(FlintError) {
        let answer = try take(message, of: executor, over: connection)
        if let request, let answer { connection.answer(request, with: answer) }
      } catch {
        if let request { connection.fail(request, with: error) }
        // A life that is over is told so at its next word.
        try? connection.send(.stopExecutor(ExecutorStop(executor: executor)))
      }
    } ended: { [driver] _, reason in
      driver.assumeIsolated { $0.connectionClosed(executor, "connection closed: \(reason)") }
    }
  }

  private func take(
    _ message: Message, of executor: ExecutorIncarnation, over connection: Connection
  ) throws(FlintError) -> Message? {
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
    if case .executorRegistered = message { registered(executor) }
    return message
  }
}
