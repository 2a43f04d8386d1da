package import FlintCore
internal import FlintSystem
internal import Glibc

/// A folder of one test on the real disk, outside the repository.
package enum TemporaryFolder {
  /// Runs `body` with a new, empty folder that only this user may enter, and removes it with all that is in it,
  /// also after an error.
  package static func use<Value>(_ body: (FilePath) async throws -> Value) async throws -> Value {
    let folder = try make()
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
    try await remove(folder, SystemFileSystem(threads: try FileThreads(count: 1)))
    return try outcome.get()
  }

  private static func make() throws -> FilePath {
    var template = Array("/tmp/flint-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    return FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func remove(_ path: FilePath, _ files: SystemFileSystem) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await remove(path / name, files) }
    }
    try await files.remove(path)
  }
}
