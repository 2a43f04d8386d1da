import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Outputs appear whole or not at all.
@Suite("Text outputs", .timeLimit(.minutes(1)))
struct TextOutputTests {
  @Test("each partition becomes a part, and _SUCCESS names them with their lengths")
  func parts() async throws {
    try await Scratch.use { scratch in
      try await scratch.flint.parallelize(["a", "bb", "", "naïve"], partitions: 3).saveAsTextFile(
        scratch.path("new/out"))
      #expect(try await scratch.names() == ["new"])
      #expect(try await scratch.names("new") == ["out"])
      #expect(try await scratch.names("new/out") == ["_SUCCESS", "part-00000", "part-00001", "part-00002"])
      #expect(try await scratch.text("new/out/part-00000") == "a\n")
      #expect(try await scratch.text("new/out/part-00001") == "bb\n")
      #expect(try await scratch.text("new/out/part-00002") == "\nnaïve\n")
      let manifest = try await scratch.text("new/out/_SUCCESS")
      #expect(manifest.contains(#"{"name":"part-00002","bytes":8,"rows":2}"#), "\(manifest)")
      #expect(scratch.runtime.record.metrics.rowsWritten == 4)
      #expect(scratch.runtime.record.metrics.bytesWritten == 13)
      #expect(scratch.runtime.record.committedOutputs == [scratch.path("new/out")])
    }
  }

  @Test(
    "what gzip and zstd read of a compressed output is the text",
    arguments: [
      (TextCompression.gzip, "/usr/bin/gzip", "part-00000.gz"), (.zstd, "/usr/bin/zstd", "part-00000.zst"),
    ])
  func compressed(compression: TextCompression, command: String, name: String) async throws {
    try await Scratch.use { scratch in
      try await scratch.flint.range(0..<200_000, partitions: 1).map { "\($0)" }
        .saveAsTextFile(scratch.path("out"), compression: compression)
      let read = try await scratch.run(command, ["-dc", scratch.path("out/\(name)")])
      let expected = try await scratch.run("/usr/bin/seq", ["0", "199999"])
      #expect(read == expected)
      #expect(try await scratch.flint.textFile(scratch.path("out")).count() == 200_000)
    }
  }

  @Test("an output that exists is an error before anything runs, and stays as it was")
  func exists() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("out/part-00000", "old")
      let error = await expectError(.fileExists) {
        try await scratch.flint.parallelize(["new"]).saveAsTextFile(scratch.path("out/"))
      }
      #expect(error?.location?.file == "DatasetsTests/TextOutputTests.swift")
      #expect(scratch.runtime.record.jobs == 0)
      #expect(try await scratch.names() == ["out"])
      #expect(try await scratch.text("out/part-00000") == "old")
    }
  }

  @Test("a job that fails leaves nothing, not even the folders that it made above the output")
  func failed() async throws {
    try await Scratch.use { scratch in
      let lines = scratch.flint.range(0..<30_000, partitions: 3).map { number in
        if number == 25_000 { throw FlintError(.invalidArgument, "not this one") }
        return "\(number)"
      }
      await expectError(.invalidArgument) { try await lines.saveAsTextFile(scratch.path("new/deep/out")) }
      let left = try await scratch.names()
      #expect(left.isEmpty)
      #expect(scratch.runtime.record.tasks == 3)
    }
  }

  @Test("a job that is cancelled leaves nothing")
  func cancelled() async throws {
    try await Scratch.use { scratch in
      let path = scratch.path("out")
      let flint = scratch.flint
      // Local state does not travel, so the task tells through a global that it has begun.
      let job = Task {
        try await flint.range(0..<1_000_000_000, partitions: 1)
          .map { number in
            if number == 0 { Gate.shared.open() }
            return "\(number)"
          }
          .saveAsTextFile(path)
      }
      await Gate.shared.passed()
      job.cancel()
      await #expect(throws: CancellationError.self) { try await job.value }
      let left = try await scratch.names()
      #expect(left.isEmpty)
    }
  }

  @Test("a part that is not what its task wrote is not published")
  func tornPart() async throws {
    let torn = DirectHook()
    try await Scratch.use(afterTask: torn) { scratch in
      torn.set { _ in
        let staging = try await scratch.names()[0]
        _ = try await scratch.run("/usr/bin/truncate", ["-s", "1", scratch.path("\(staging)/output/part-00001")])
      }
      let error = await expectError(.corruptData) {
        try await scratch.flint.parallelize(["aa", "bb"], partitions: 2).saveAsTextFile(scratch.path("out"))
      }
      #expect(error?.why == "the task wrote 3 bytes, and the driver sees 1")
      let left = try await scratch.names()
      #expect(left.isEmpty)
      #expect(scratch.runtime.record.committedOutputs.isEmpty)
    }
  }

  @Test("an output that appears while the job runs is not touched")
  func appears() async throws {
    let rival = DirectHook()
    try await Scratch.use(afterTask: rival) { scratch in
      rival.set { _ in try await scratch.write("out/theirs", "x") }
      await expectError(.fileExists) {
        try await scratch.flint.parallelize(["a"], partitions: 1).saveAsTextFile(scratch.path("out"))
      }
      let (left, theirs) = (try await scratch.names(), try await scratch.names("out"))
      #expect(left == ["out"])
      #expect(theirs == ["theirs"])
    }
  }

  @Test("rows are written as the bytes that a function makes of them, and read again as records")
  func bytes() async throws {
    try await Scratch.use { scratch in
      let rows = scratch.flint.range(0..<100_000, partitions: 3)
      try await rows.saveAsBytes(scratch.path("out")) { row, bytes in
        withUnsafeBytes(of: UInt64(row).littleEndian) { bytes.append(contentsOf: $0) }
      }
      let names = try await scratch.names("out")
      #expect(names == ["_SUCCESS", "part-00000", "part-00001", "part-00002"])
      let read = try await scratch.flint.records(scratch.path("out"), length: 8) { bytes in
        Int(bytes.loadUnaligned(as: UInt64.self))
      }
      let same = try await read.collect() == Array(0..<100_000)
      #expect(same)
      let failing = rows.map { $0 }
      let error = await expectError(.userCode) {
        try await failing.saveAsBytes(scratch.path("none")) { row, _ in
          if row == 50_000 { throw OddRow() }
        }
      }
      #expect(error?.what == "the function of saveAsBytes threw OddRow")
      let left = try await scratch.names()
      #expect(left == ["out"])
    }
  }

  private struct OddRow: Error {}

  @Test("no partitions make an output with nothing but _SUCCESS")
  func nothing() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("in/empty", "")
      try await scratch.flint.textFile(scratch.path("in")).saveAsTextFile(scratch.path("out"))
      #expect(try await scratch.names("out") == ["_SUCCESS"])
    }
  }
}
