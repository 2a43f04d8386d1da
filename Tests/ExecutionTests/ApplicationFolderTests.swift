import FlintCore
import FlintExecution
import FlintLibuv
import FlintSystem
import Glibc
import TestFolders
import Testing

@Suite("The folder of an application", .timeLimit(.minutes(1)))
struct ApplicationFolderTests {
  /// Calls `body` with a node and a folder of the test's own.
  private func use(_ body: (NodeContext, FilePath) async throws -> Void) async throws {
    try await TemporaryFolder.use { parent in
      let node = try LibuvNode(name: "folders", taskThreadCount: 1)
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(node.context, parent)) } catch { outcome = .failure(error) }
      await node.shutdown()
      try outcome.get()
    }
  }

  private func own(_ parent: FilePath) -> FilePath { parent / "flint-\(SystemUser.number)" }

  @Test("folders stand in one of the user's own, which goes with the last of them")
  func ownFolder() async throws {
    try await use { context, parent in
      let first = try await ApplicationFolder.make(in: parent, process: getpid(), context: context)
      let second = try await ApplicationFolder.make(in: parent, process: getpid(), context: context)
      #expect(first.path.parent == own(parent) && second.path.parent == own(parent) && first.path != second.path)
      #expect(try await context.files.status(of: own(parent))?.isPrivate == true)
      try await first.remove()
      #expect(try await context.files.list(own(parent)).count == 1)
      try await second.remove()
      #expect(try await context.files.list(parent).isEmpty)
    }
  }

  @Test("what a killed process has left is removed by the next application, and nothing else")
  func sweep() async throws {
    try await use { context, parent in
      // No process has this number: it is above the most that Linux gives out.
      let left = own(parent) / "2000000000-x"
      try await context.files.createDirectory(left / "n0")
      try await context.files.createDirectory(own(parent) / "notes")
      let folder = try await ApplicationFolder.make(in: parent, process: getpid(), context: context)
      while try await context.files.status(of: left) != nil { await Task.yield() }
      #expect(try await context.files.status(of: folder.path) != nil)
      #expect(try await context.files.status(of: own(parent) / "notes") != nil)
      try await folder.remove()
    }
  }

  @Test("a folder that others can enter is refused")
  func openFolder() async throws {
    try await use { context, parent in
      try await context.files.createDirectory(own(parent))
      #expect(chmod(own(parent).string, 0o777) == 0)
      let error = await #expect(throws: FlintError.self) {
        try await ApplicationFolder.make(in: parent, process: getpid(), context: context)
      }
      #expect(error?.code == .permissionDenied)
      #expect(try await context.files.list(own(parent)).isEmpty)
    }
  }
}
