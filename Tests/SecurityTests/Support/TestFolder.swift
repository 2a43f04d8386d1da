import FlintCore
import FlintSystem
import Glibc

/// A folder of one test, which is removed with all that is in it when the test is over.
struct TestFolder: Sendable {
  let path: FilePath

  static func use<Value>(_ body: (TestFolder) async throws -> Value) async throws -> Value {
    var template = Array("/tmp/flint-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the test") }
    let folder = TestFolder(
      path: FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)))
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(folder)) } catch { outcome = .failure(error) }
    try await remove(folder.path, SystemFileSystem(threads: try FileThreads(count: 1)))
    return try outcome.get()
  }

  private static func remove(_ path: FilePath, _ files: SystemFileSystem) async throws {
    if try await files.status(of: path)?.kind == .directory {
      for name in try await files.list(path) { try await remove(path / name, files) }
    }
    try await files.remove(path)
  }

  /// Writes a file with this mode.
  func write(_ name: String, _ text: String, mode: mode_t = 0o600) -> FilePath {
    let path = path / name
    let file = fopen(path.string, "w")
    fputs(text, file)
    fclose(file)
    chmod(path.string, mode)
    return path
  }
}
