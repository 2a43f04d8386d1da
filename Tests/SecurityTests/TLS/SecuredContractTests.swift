import FlintCore
import FlintLibuv
import SeamContract
import Testing

/// The same checks as for plain sockets and for the simulation: protection changes nothing that a user of the seam sees.
@Suite("A secured network keeps the contract of the seam")
struct SecuredContractTests {
  @Test("contract, from a shared secret", arguments: SeamContract.network)
  func sharedSecret(check: SeamContract.Check) async throws {
    try await TestFolder.use { folder in
      let node = try SecuredNode(check.name, .sharedSecret(SecuredNode.secret, role: .executor))
      do {
        try await check.run(SeamContract(context: node.context, directory: folder.path))
      } catch let violation as SeamContract.Violation {
        Issue.record("\(violation)")
      }
      await node.shutdown()
    }
  }

  @Test("contract, with certificates", arguments: SeamContract.network)
  func certificates(check: SeamContract.Check) async throws {
    try await TestFolder.use { folder in
      let authority = try await DevelopmentAuthority(in: folder.path, for: ["worker"])
      let node = try SecuredNode(check.name, .certificates(authority.certificates("worker")))
      do {
        try await check.run(SeamContract(context: node.context, directory: folder.path))
      } catch let violation as SeamContract.Violation {
        Issue.record("\(violation)")
      }
      await node.shutdown()
    }
  }

  @Test("a stream that is let go is freed, and its peer learns that it is over")
  func letGo() async throws {
    let node = try SecuredNode("careless", .sharedSecret(SecuredNode.secret, role: .executor))
    let port = try await EchoPort(on: node)
    weak var stream: (any NetworkStream)?
    do {
      let deadline = node.context.time.now.advanced(by: .seconds(20))
      let dialled = try await node.context.network.dial(port.endpoint, deadline: deadline)
      stream = dialled
      #expect(dialled.remote == port.endpoint)
    }
    try await eventually { stream == nil && port.failedCount == 1 }
    port.close()
    await node.shutdown()
  }

  @Test("a TCP port without secret or certificates is not opened, and a Unix socket needs none")
  func closedByDefault() async throws {
    try await TestFolder.use { folder in
      let node = try SecuredNode("bare", .localSockets)
      for endpoint in [Endpoint.tcp(host: "127.0.0.1", port: 0), .tcp(host: "0.0.0.0", port: 0)] {
        let error = await #expect(throws: FlintError.self) {
          _ = try await node.context.network.listen(at: endpoint) { _ in }
        }
        #expect(error?.code == .invalidSetting)
        let refusal = await #expect(throws: FlintError.self) {
          _ = try await node.context.network.dial(endpoint, deadline: node.context.time.now.advanced(by: .seconds(1)))
        }
        #expect(refusal?.code == .invalidSetting)
      }
      let listener = try await node.context.network.listen(at: .unix(path: folder.path / "socket")) { _ in }
      listener.close()
      await node.shutdown()
    }
  }
}
