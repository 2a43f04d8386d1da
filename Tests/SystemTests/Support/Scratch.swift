import FlintCore
import FlintSystem
import TestFolders
import Testing

/// A directory of one test. When the test is over, no descriptor may lead into it, and it is removed.
struct Scratch: Sendable {
  let directory: FilePath
  let files: SystemFileSystem

  static func use<Value>(
    fileThreads: FileThreads? = nil, location: Testing.SourceLocation = #_sourceLocation,
    _ body: (Scratch) async throws -> Value
  ) async throws -> Value {
    try await TemporaryFolder.use { directory in
      let scratch = Scratch(directory: directory, files: SystemFileSystem(threads: try fileThreads ?? FileThreads()))
      let outcome: Result<Value, any Error>
      do { outcome = .success(try await body(scratch)) } catch { outcome = .failure(error) }
      let isEmpty = await eventually { OpenDescriptors.targets.allSatisfy { !$0.hasPrefix(directory.string) } }
      #expect(isEmpty, "descriptors lead into \(directory) after the test", sourceLocation: location)
      return try outcome.get()
    }
  }

  /// The path of `name` in the directory.
  subscript(name: String) -> FilePath { directory / name }
}
