import FlintCore
import FlintTransport
import FlintWire
import Testing

@Suite("Connections over real sockets", .timeLimit(.minutes(1)))
struct ConnectionTests {
  @Test("a thousand echoes at a time come back, each to its asker")
  func echoes() async throws {
    try await TestNode.withPair { driver, executor in
      let listener = try await driver.transport.listen(at: TestNode.anywhere, serving: [.executor]) { _, _ in .echoing }
      let connection = try await executor.transport.connect(to: listener.endpoint, expecting: .driver) { _, _ in .silent
      }
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<1000 {
          group.addTask {
            let bytes = Array("echo \(number)".utf8)
            let answer = try await connection.request(.echo(bytes))
            #expect(answer == .echoed(bytes))
          }
        }
        try await group.waitForAll()
      }
      listener.close()
    }
  }
}

extension ConnectionHandler {
  /// Answers echoes.
  static let echoing = ConnectionHandler { connection, message, request in
    if case .echo(let bytes) = message, let request { connection.answer(request, with: .echoed(bytes)) }
  }

  /// Takes everything and does nothing.
  static let silent = ConnectionHandler { _, _, _ in }
}
