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
}
