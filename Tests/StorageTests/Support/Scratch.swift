import FlintCore
import FlintLibuv
import FlintStorage
import TestFolders
import Testing

/// A work directory of one test on the real disk, with a node that uses it; both are gone when the test is over.
struct Scratch: Sendable {
  let folder: FilePath
  let context: NodeContext

  static func use(_ body: (Scratch) async throws -> Void) async throws {
    try await TemporaryFolder.use { folder in
      let node = try LibuvNode(name: "storage")
      let outcome: Result<Void, any Error>
      do { outcome = .success(try await body(Scratch(folder: folder, context: node.context))) } catch {
        outcome = .failure(error)
      }
      await node.shutdown()
      try outcome.get()
    }
  }

  var work: FilePath { folder / "work" }

  func store(_ application: UInt64 = 7) async throws -> DiskStore {
    try await DiskStore(of: ApplicationID(rawValue: application), in: work, context: context)
  }

  func path(of id: BlockID, _ application: UInt64 = 7) -> FilePath {
    DiskStore.path(of: id, of: ApplicationID(rawValue: application), in: work)
  }

  func bytes(_ path: FilePath) async throws -> [UInt8] {
    try await context.files.readAll(path, limit: .mebibytes(8))
  }

  func put(_ bytes: [UInt8], _ path: FilePath) async throws {
    let file = try await context.files.open(path, .createOrTruncate)
    try await file.write(bytes, at: 0)
    try await file.close()
  }
}

/// Fails unless `body` throws a ``FlintError`` with `code`; returns that error.
@discardableResult
func expectError(
  _ code: FlintError.Code, location: Testing.SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> FlintError? {
  do {
    try await body()
    Issue.record("nothing was thrown instead of \(code.rawValue)", sourceLocation: location)
  } catch let error as FlintError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    return error
  } catch {
    Issue.record("\(error) was thrown instead of \(code.rawValue)", sourceLocation: location)
  }
  return nil
}
