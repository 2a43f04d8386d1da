import FlintCore
import FlintSystem
import Glibc
import Testing

@Suite("Files")
struct FileTests {
  @Test("what is written at positions is what coreutils reads")
  func contentMatchesCoreutils() async throws {
    try await Scratch.use { scratch in
      let bytes = pattern(1_000_003)
      let file = try await scratch.files.open(scratch["data"], .createNew)
      try await file.write(Array(bytes[500_000...]), at: 500_000)
      try await file.write(Array(bytes[..<500_000]), at: 0)
      try await file.synchronize()
      #expect(try await file.read(count: 2_000_000, at: 0) == bytes)
      #expect(try await file.read(count: 10, at: 1_000_003) == [])
      try await file.close()

      // The shell writes the same bytes on its own: a period of 0...250.
      let script = """
        i=0; while [ $i -lt 251 ]; do printf "\\\\$(printf %o $i)"; i=$((i+1)); done > "$1/period"
        i=0; while [ $i -lt 4000 ]; do cat "$1/period"; i=$((i+1)); done | head -c 1000003 | cmp - "$1/data"
        sha256sum < "$1/data" | cut -c1-64; cksum < "$1/data"
        """
      let (exit, output) = try await Programs.run(Programs.shell(script, [scratch.directory.string]))
      #expect(exit == .exited(0), "\(output)")
      #expect(output.contains(" 1000003"))
    }
  }

  @Test(
    "what is in memory is read at once, the rest from the disk, and both are right", arguments: [0, 1, 4096, 700_000])
  func cached(warmed: Int) async throws {
    try await Scratch.use { scratch in
      let bytes = pattern(900_000)
      let file = try await scratch.files.open(scratch["data"], .createNew)
      try await file.write(bytes, at: 0)
      try await file.synchronize()
      // What is on the disk may leave memory, and does so at once.
      let script = """
        dd if="$1" iflag=nocache count=0 status=none
        [ $2 = 0 ] || head -c $2 "$1" > /dev/null
        """
      let (exit, output) = try await Programs.run(
        Programs.shell(script, [scratch["data"].string, "\(warmed)"]))
      #expect(exit == .exited(0), "\(output)")
      let slab = try Slab(count: 1_000_000, budget: MemoryBudget(limit: .mebibytes(4)))
      #expect(try await file.read(into: slab, range: 7..<999_007, at: 3) == 899_997)
      #expect(slab.bytes[7..<900_004].elementsEqual(bytes[3...]))
      #expect(try await file.read(count: 999_000, at: 3) == Array(bytes[3...]))
      let reading = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await file.read(count: 10, at: 0)
      }
      await #expect(throws: CancellationError.self) { try await reading.value }
      try await file.close()
      await #expect(throws: FlintError.self) { try await file.read(count: 10, at: 0) }
    }
  }

  @Test("10,000 positional writes at once, each at its place")
  func manyWritesAtOnce() async throws {
    try await Scratch.use { scratch in
      let file = try await scratch.files.open(scratch["blocks"], .createNew)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<10_000 {
          group.addTask {
            try await file.write(withUnsafeBytes(of: UInt64(index).bigEndian) { Array($0) }, at: Int64(index) * 8)
          }
        }
        try await group.waitForAll()
      }
      #expect(try await file.size() == 80_000)
      let expected = (0..<10_000).flatMap { index in withUnsafeBytes(of: UInt64(index).bigEndian) { Array($0) } }
      #expect(try await file.read(count: 80_000, at: 0) == expected)
      try await file.close()
    }
  }

  @Test("slabs are written and read in ranges, and outlive their calls")
  func slabs() async throws {
    try await Scratch.use { scratch in
      let budget = MemoryBudget(limit: .mebibytes(1))
      let file = try await scratch.files.open(scratch["slab"], .createNew)
      do {
        let slab = try Slab(count: 8192, budget: budget)
        slab.bytes.copyBytes(from: pattern(8192))
        try await file.write(slab, range: 100..<4196, at: 10)
        let other = try Slab(count: 8192, budget: budget)
        #expect(try await file.read(into: other, range: 0..<8192, at: 10) == 4096)
        #expect(Array(other.bytes[..<4096]) == Array(pattern(8192)[100..<4196]))
      }
      // The thread that did the last call may hold its slab for a moment longer.
      #expect(await eventually { budget.used == ByteCount(0) })
      #expect(try await file.size() == 4106)
      try await file.close()
    }
  }

  @Test("modes: new refuses what exists, truncate empties, update keeps, read does not create")
  func modes() async throws {
    try await Scratch.use { scratch in
      let path = scratch["file"]
      await expectError(.fileNotFound) { _ = try await scratch.files.open(path, .read) }
      try await write(scratch, path, "first", .createNew)
      await expectError(.fileExists) { _ = try await scratch.files.open(path, .createNew) }
      try await write(scratch, path, "F", .update)
      #expect(try await content(scratch, path) == "First")
      try await write(scratch, path, "new", .createOrTruncate)
      #expect(try await content(scratch, path) == "new")
    }
  }

  @Test("files are for their owner alone, and so are directories")
  func ownerOnly() async throws {
    try await Scratch.use { scratch in
      try await scratch.files.createDirectory(scratch["a/b/c"])
      try await scratch.files.createDirectory(scratch["a/b/c"])
      try await write(scratch, scratch["a/b/c/file"], "x", .createNew)
      let command = Programs.shell("stat -c %a $1/a $1/a/b/c $1/a/b/c/file", [scratch.directory.string])
      #expect(try await Programs.run(command).output == "700\n700\n600\n")
      await expectError(.fileExists) { try await scratch.files.createDirectory(scratch["a/b/c/file"]) }
      await expectError(.fileExists) { try await scratch.files.createDirectory(scratch["a/b/c/file/d"]) }
    }
  }

  @Test("a symbolic link at the end of a path is refused, by name and reason")
  func symbolicLinkRefused() async throws {
    try await Scratch.use { scratch in
      try await write(scratch, scratch["secret"], "x", .createNew)
      #expect(symlink(scratch["secret"].string, scratch["link"].string) == 0)
      for mode in [FileOpenMode.read, .update, .createOrTruncate] {
        let error = await expectError(.permissionDenied) { _ = try await scratch.files.open(scratch["link"], mode) }
        #expect(error?.what.contains("/link") == true)
        #expect(error?.why?.contains("symbolic link") == true)
        #expect(error?.remedy != nil)
      }
      let status = try await scratch.files.status(of: scratch["link"])
      #expect(status?.kind == .symbolicLink)
      #expect(try await content(scratch, scratch["secret"]) == "x")
    }
  }

  @Test("what is not a regular file cannot be opened, and opening does not wait")
  func onlyRegularFiles() async throws {
    try await Scratch.use { scratch in
      #expect(mkfifo(scratch["pipe"].string, 0o600) == 0)
      await expectError(.invalidArgument) { _ = try await scratch.files.open(scratch["pipe"], .read) }
      await expectError(.invalidArgument) { _ = try await scratch.files.open(scratch.directory, .read) }
      await expectError(.invalidArgument) { _ = try await scratch.files.open("/tmp/a\0b", .createNew) }
      let status = try await scratch.files.status(of: scratch["pipe"])
      #expect(status?.kind == .other)
    }
  }

  @Test("close twice is close once; a closed file throws")
  func closeTwice() async throws {
    try await Scratch.use { scratch in
      let file = try await scratch.files.open(scratch["file"], .createNew)
      try await file.close()
      try await file.close()
      await expectError(.invalidArgument) { _ = try await file.size() }
      await expectError(.invalidArgument) { try await file.write([1], at: 0) }
    }
  }

  @Test("a file that is let go is closed")
  func letGo() async throws {
    try await Scratch.use { scratch in
      _ = try await scratch.files.open(scratch["file"], .createNew)
      // Scratch fails the test when a descriptor still leads into its directory.
    }
  }

  @Test("lists are sorted by bytes; rename replaces; exchange swaps; remove takes empty directories only")
  func names() async throws {
    try await Scratch.use { scratch in
      for name in ["b", "a", "é", "Z", "e\u{301}"] { try await write(scratch, scratch[name], name, .createNew) }
      let expected = ["Z", "a", "b", "e\u{301}", "é"].map { Array($0.utf8) }
      #expect(try await scratch.files.list(scratch.directory).map { Array($0.utf8) } == expected)
      try await scratch.files.rename(scratch["a"], to: scratch["b"])
      #expect(try await content(scratch, scratch["b"]) == "a")
      try await scratch.files.createDirectory(scratch["full/inner"])
      try await scratch.files.exchange(scratch["b"], with: scratch["full"])
      #expect(try await scratch.files.list(scratch["b"]) == ["inner"])
      #expect(try await content(scratch, scratch["full"]) == "a")
      await expectError(.fileExists) { try await scratch.files.remove(scratch["b"]) }
      await expectError(.fileNotFound) { try await scratch.files.exchange(scratch["b"], with: scratch["none"]) }
      #expect(try await scratch.files.status(of: scratch["none"]) == nil)
      #expect(try await scratch.files.status(of: scratch["full/under-a-file"]) == nil)
      try await scratch.files.synchronizeDirectory(scratch.directory)
      await expectError(.fileNotFound) { try await scratch.files.synchronizeDirectory(scratch["full"]) }
    }
  }

  @Test("a durable replacement leaves the new content and no neighbour")
  func durableReplacement() async throws {
    try await Scratch.use { scratch in
      try await scratch.files.replaceDurably(scratch["state"], with: Array("one".utf8))
      try await scratch.files.replaceDurably(scratch["state"], with: Array("two".utf8))
      #expect(try await content(scratch, scratch["state"]) == "two")
      #expect(try await scratch.files.list(scratch.directory) == ["state"])
    }
  }

  @Test("truncate cuts, and lengthens with zeros")
  func truncation() async throws {
    try await Scratch.use { scratch in
      let file = try await scratch.files.open(scratch["file"], .createNew)
      try await file.write([1, 2, 3], at: 0)
      try await file.truncate(to: 1)
      try await file.truncate(to: 4)
      #expect(try await file.read(count: 9, at: 0) == [1, 0, 0, 0])
      try await file.close()
    }
  }
}

/// `count` bytes with a period of 251.
func pattern(_ count: Int) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    for index in 0..<count { buffer[index] = UInt8(index % 251) }
    filled = count
  }
}

private func write(_ scratch: Scratch, _ path: FilePath, _ text: String, _ mode: FileOpenMode) async throws {
  let file = try await scratch.files.open(path, mode)
  try await file.write(Array(text.utf8), at: 0)
  try await file.close()
}

private func content(_ scratch: Scratch, _ path: FilePath) async throws -> String {
  String(decoding: try await scratch.files.readAll(path, limit: .mebibytes(1)), as: UTF8.self)
}
