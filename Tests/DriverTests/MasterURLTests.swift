import FlintCore
import Testing

@testable import FlintDriver

/// Where jobs run, as people write it.
struct MasterURLTests {
  @Test(
    "what is written is what is meant",
    arguments: [
      ("local", MasterURL.local(threads: 1)), ("local[*]", .local(threads: nil)), ("local[3]", .local(threads: 3)),
      ("local-cluster[2,1,1g]", .localCluster(executors: 2, cores: 1, memory: .gibibytes(1))),
      ("local-cluster[4, 2, 512m]", .localCluster(executors: 4, cores: 2, memory: .mebibytes(512))),
    ])
  func read(_ text: String, _ master: MasterURL) throws {
    #expect(try MasterURL(text) == master)
    #expect(try MasterURL(master.description) == master)
  }

  @Test(
    "anything else is a setting that is wrong, with what to write",
    arguments: [
      "", "local[", "local[0]", "local[-1]", "local[2]x", "local[two]", "local-cluster[2,1]", "local-cluster[2,1,1]",
      "local-cluster[0,1,1g]", "yarn", "spark://host:7077", "local-cluster",
    ])
  func wrong(_ text: String) {
    let error = #expect(throws: FlintError.self) { try MasterURL(text) }
    #expect(error?.code == .invalidSetting || error?.code == .invalidArgument)
  }
}
