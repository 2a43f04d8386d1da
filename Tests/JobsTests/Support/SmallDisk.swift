import FlintCore
import Glibc
import Testing

/// A file system of a few megabytes at a folder of a test. Mounting needs rights that not every machine gives: tests that
/// use it are skipped there, by name.
enum SmallDisk {
  static let canMount: Bool = {
    var template = Array("/tmp/flint-mount-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return false }
    defer { rmdir(template) }
    guard mount("tmpfs", template, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount(template) == 0
  }()

  static func use<Value>(
    mebibytes: Int, at path: FilePath, in place: Workplace, _ body: () async throws -> Value
  ) async throws -> Value {
    try await place.files.createDirectory(path)
    try #require(mount("tmpfs", path.string, "tmpfs", 0, "size=\(mebibytes)m,mode=700") == 0)
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    let isUnmounted = await eventually { umount(path.string) == 0 }
    #expect(isUnmounted, "somebody still uses the disk at \(path)")
    return try outcome.get()
  }
}
