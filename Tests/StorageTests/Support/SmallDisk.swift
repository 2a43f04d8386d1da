import FlintCore
import Glibc
import Testing

/// A file system of 256 KiB.
enum SmallDisk {
  static let canMount: Bool = {
    var template = Array("/tmp/flint-mount-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return false }
    defer { rmdir(template) }
    guard mount("tmpfs", template, "tmpfs", 0, "size=256k") == 0 else { return false }
    return umount(template) == 0
  }()

  static func use(at path: FilePath, _ scratch: Scratch, _ body: () async throws -> Void) async throws {
    try await scratch.context.files.createDirectory(path)
    try #require(mount("tmpfs", path.string, "tmpfs", 0, "size=256k,mode=700") == 0)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body()) } catch { outcome = .failure(error) }
    // A file that was let go is closed on another thread, so the first try may find the disk busy.
    let unmounted = umount2(path.string, CInt(MNT_DETACH)) == 0
    #expect(unmounted)
    try outcome.get()
  }
}
