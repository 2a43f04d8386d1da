import FlintCore
import Glibc
import TestFolders

/// A folder of one test, which is removed with all that is in it when the test is over.
struct TestFolder: Sendable {
  let path: FilePath

  static func use<Value>(_ body: (TestFolder) async throws -> Value) async throws -> Value {
    try await TemporaryFolder.use { path in try await body(TestFolder(path: path)) }
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
