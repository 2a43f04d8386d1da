internal import FlintCore
package import FlintTransport
package import FlintWire

/// Answers those who may look at a node and change nothing.
package enum InspectionDesk {
  /// What becomes of the messages of an observer of the node that has `transport`. `look` says what else the node has.
  package static func handler(
    _ transport: Transport, _ look: @escaping @Sendable () async throws -> Inspection
  ) -> ConnectionHandler {
    ConnectionHandler { connection, message, request in
      guard let request else { return }
      guard case .inspect = message else {
        return connection.fail(request, with: FlintError(.invalidArgument, "an observer asks for nothing else"))
      }
      connection.answer(request) {
        var inspection = try await look()
        // Without the one that asks.
        inspection.connections = UInt32(clamping: await transport.openCount - 1)
        return .inspected(inspection)
      }
    }
  }
}
