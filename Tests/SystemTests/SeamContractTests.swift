import FlintCore
import FlintLibuv
import SeamContract
import Testing

/// The same checks as the simulated job `seams`, on this machine.
@Suite("Real seams keep the contract that the simulation keeps")
struct SeamContractTests {
  @Test("contract", arguments: SeamContract.checks)
  func contract(check: SeamContract.Check) async throws {
    try await Scratch.use { scratch in
      let node = try LibuvNode(name: check.name)
      do {
        try await check.run(SeamContract(context: node.context, directory: scratch.directory))
      } catch let violation as SeamContract.Violation {
        Issue.record("\(violation)")
      }
      await node.shutdown()
    }
  }
}
