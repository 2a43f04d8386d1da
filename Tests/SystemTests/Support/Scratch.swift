import FlintCore
import FlintSystem
import Glibc
import Testing

/// A directory of one test. When the test is over, no descriptor may lead into it, and it is removed.
struct Scratch: Sendable {
  let directory: FilePath
  let files: SystemFileSystem

  static func use<Value>(
    fileThreads: FileThreads? = nil, location: Testing.SourceLocation = #_sourceLocation,
    _ body: (Scratch) async throws -> Value
  ) async throws -> Value {
    let directory = try makeDirectory()
    let scratch = Scratch(directory: directory, files: SystemFileSystem(threads: try fileThreads ?? FileThreads()))
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(scratch)) } catch { outcome = .failure(error) }
    let isEmpty = await eventually { OpenDescriptors.targets.allSatisfy { !$0.hasPrefix(directory.string) } }
    #expect(isEmpty, "descriptors lead into \(directory) after the test", sourceLocation: location)
    try await scratch.removeTree(directory)
    return try outcome.get()
  }

  /// The path of `name` in the directory.
  subscript(name: String) -> FilePath { directory / name }

  private static func makeDirectory() throws -> FilePath {
    var template = Array("/tmp/flint-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no directory for the test") }
    return FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private func removeTree(_ path: FilePath) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await removeTree(path / name) }
    }
    try await files.remove(path)
  }
}
