import FlintCore
import FlintSystem
import Glibc
import Testing

@Suite("A disk that is full")
struct DiskFullTests {
  @Test(
    "ENOSPC for real: the write fails as disk-full, and after space is freed it succeeds",
    .enabled(if: SmallDisk.canMount, "skipped: mounting a tmpfs is not permitted here"))
  func writesFailAndRecover() async throws {
    try await Scratch.use { scratch in
      try await SmallDisk.use(at: scratch["disk"], scratch) { disk in
        #expect(try await scratch.files.availableSpace(at: disk) == .kibibytes(256))
        let first = try await scratch.files.open(disk / "first", .createNew)
        try await first.write(pattern(200 << 10), at: 0)
        let second = try await scratch.files.open(disk / "second", .createNew)
        let error = await expectError(.diskFull) { try await second.write(pattern(100 << 10), at: 0) }
        #expect(error?.what.contains("second") == true)
        #expect(error?.remedy != nil)

        try await first.close()
        try await scratch.files.remove(disk / "first")
        try await second.write(pattern(100 << 10), at: 0)
        #expect(try await second.read(count: 200 << 10, at: 0) == pattern(100 << 10))
        try await second.close()
        await expectError(.invalidArgument) { try await scratch.files.rename(disk / "second", to: scratch["moved"]) }
      }
    }
  }
}

/// A file system of 256 KiB.
enum SmallDisk {
  static let canMount: Bool = {
    var template = Array("/tmp/flint-mount-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return false }
    defer { rmdir(template) }
    guard mount("tmpfs", template, "tmpfs", 0, "size=256k") == 0 else { return false }
    return umount(template) == 0
  }()

  static func use(at path: FilePath, _ scratch: Scratch, _ body: (FilePath) async throws -> Void) async throws {
    try await scratch.files.createDirectory(path)
    try #require(mount("tmpfs", path.string, "tmpfs", 0, "size=256k") == 0)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(path)) } catch { outcome = .failure(error) }
    let isUnmounted = await eventually { umount(path.string) == 0 }
    #expect(isUnmounted)
    try outcome.get()
  }
}
