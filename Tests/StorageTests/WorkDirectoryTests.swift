import FlintCore
import FlintStorage
import Glibc
import Testing

@Suite("Work directory")
struct WorkDirectoryTests {
  @Test("the directories of dead applications go, with all in them; others stay")
  func sweep() async throws {
    try await Scratch.use { scratch in
      let directory = WorkDirectory(scratch.work, files: scratch.context.files)
      #expect(try await directory.applications().isEmpty)
      for application in [3, 12, 5] as [UInt64] {
        try await scratch.store(application).write(Names.cached(1, application), [1])
      }
      try await scratch.context.files.createDirectory(scratch.work / "application.12" / "deep" / "deeper")
      try await scratch.put([1], scratch.work / "application.12" / "deep" / "file")
      try await scratch.context.files.createDirectory(scratch.work / "application.x")
      #expect(try await directory.applications().map(\.rawValue) == [3, 5, 12])
      try await directory.sweep(keeping: [ApplicationID(rawValue: 5)])
      #expect(try await scratch.context.files.list(scratch.work) == ["application.5", "application.x"])
      #expect(try await scratch.store(5).read(Names.cached(1, 5)) == [1])
    }
  }

  @Test("a sweep removes links and does not follow them")
  func links() async throws {
    try await Scratch.use { scratch in
      let outside = scratch.folder / "outside"
      try await scratch.context.files.createDirectory(outside)
      try await scratch.put([1], outside / "precious")
      let store = try await scratch.store(3)
      symlink(outside.string, (store.directory / "link").string)
      symlink(outside.string, (scratch.work / "application.4").string)
      try await WorkDirectory(scratch.work, files: scratch.context.files).sweep(keeping: [])
      #expect(try await scratch.context.files.list(scratch.work).isEmpty)
      #expect(try await scratch.bytes(outside / "precious") == [1])
    }
  }

  @Test("blocks are not kept behind a link, nor read through one")
  func linkedPlaces() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store(3)
      try await store.write(Names.cached(1, 1), [1])
      symlink(scratch.path(of: Names.cached(1, 1), 3).string, scratch.path(of: Names.cached(1, 2), 3).string)
      await expectError(.permissionDenied) { _ = try await store.read(Names.cached(1, 2)) }
      symlink(store.directory.string, (scratch.work / "application.4").string)
      await expectError(.permissionDenied) { _ = try await scratch.store(4) }
    }
  }

  @Test("when the directory is taken away, its blocks are lost, and those which come after them are not")
  func vanishedDirectory() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      try await store.write(Names.cached(1, 1), [1])
      try await WorkDirectory(scratch.work, files: scratch.context.files).sweep(keeping: [])
      await expectError(.fileNotFound) { _ = try await store.read(Names.cached(1, 1)) }
      #expect(try await store.remove(Names.cached(1, 1)) == false)
      try await store.write(Names.cached(1, 1), [2])
      #expect(try await store.read(Names.cached(1, 1)) == [2])
    }
  }

  @Test("directories and files are for their owner alone")
  func modes() async throws {
    try await Scratch.use { scratch in
      let store = try await scratch.store()
      try await store.write(Names.cached(1, 1), [1])
      func mode(_ path: FilePath) -> mode_t {
        var record = stat()
        lstat(path.string, &record)
        return record.st_mode & 0o777
      }
      #expect(mode(scratch.work) == 0o700)
      #expect(mode(store.directory) == 0o700)
      #expect(mode(scratch.path(of: Names.cached(1, 1))) == 0o600)
    }
  }

  @Test("a directory that others may enter, or that is somebody else's, is refused", arguments: [0, 1])
  func open(which: Int) async throws {
    try await Scratch.use { scratch in
      let directory = try await scratch.store().directory
      let path = which == 0 ? scratch.work : directory
      for mode in [0o755, 0o770, 0o701] as [mode_t] {
        #expect(chmod(path.string, mode) == 0)
        await expectError(.permissionDenied) { _ = try await scratch.store() }
      }
      #expect(chmod(path.string, 0o700) == 0)
      if geteuid() == 0 {
        #expect(chown(path.string, 12_345, 12_345) == 0)
        await expectError(.permissionDenied) { _ = try await scratch.store() }
        #expect(chown(path.string, 0, 0) == 0)
      }
      _ = try await scratch.store()
    }
  }

  @Test(
    "on a disk that is full for real nothing is left of the block that did not fit",
    .enabled(if: SmallDisk.canMount, "skipped: mounting a tmpfs is not permitted here"))
  func fullDisk() async throws {
    try await Scratch.use { scratch in
      try await SmallDisk.use(at: scratch.work, scratch) {
        let (store, id) = (try await scratch.store(), Names.cached(1, 1))
        try await store.write(id, [1, 2, 3])
        await expectError(.diskFull) { try await store.write(id, [UInt8](repeating: 9, count: 300 << 10)) }
        #expect(try await store.read(id) == [1, 2, 3])
        #expect(try await scratch.context.files.list(store.directory).count == 1)
        try await store.write(id, [UInt8](repeating: 9, count: 100 << 10))
        #expect(try await store.read(id).count == 100 << 10)
      }
    }
  }
}
