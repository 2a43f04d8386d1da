import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// What is read of text files, beside the commands of the machine.
@Suite("Text sources", .timeLimit(.minutes(1)))
struct TextSourceTests {
  /// The lines as the contract has them, by a way that has nothing to do with splits.
  private func lines(_ bytes: [UInt8], keepsReturn: Bool = false) -> [String] {
    var parts = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    let last = parts.removeLast()
    if !keepsReturn {
      parts = parts.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : $0 }
    }
    return (parts + (last.isEmpty ? [] : [last])).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("every line is read once and in order, however the file is cut", arguments: [1, 2, 3, 7, 50, 997])
  func splits(partitions: Int) async throws {
    try await Scratch.use { scratch in
      var sample = SampleText(seed: UInt64(partitions))
      let bytes = sample.lines(120)
      let path = try await scratch.write("text", bytes)
      let read = try await scratch.flint.textFile(path, partitions: partitions).collect()
      #expect(read == lines(bytes))
      let kept = try await scratch.flint.textFile(path, partitions: partitions, lines: .lineFeed).collect()
      #expect(kept == lines(bytes, keepsReturn: true))
    }
  }

  @Test("a file cut at every one of its bytes gives the same lines")
  func everyByte() async throws {
    try await Scratch.use { scratch in
      for text in ["a\nbb\n\nccc", "\n\n\n", "one line", "x\r\ny\r\n", "\r\n", "a\n"] {
        let bytes = Array(text.utf8)
        let path = try await scratch.write("text\(bytes.count)-\(bytes[0])", bytes)
        for partitions in 1...bytes.count + 2 {
          let read = try await scratch.flint.textFile(path, partitions: partitions).collect()
          #expect(read == lines(bytes), "\(text.debugDescription) in \(partitions) parts")
        }
      }
    }
  }

  @Test("words straight from the file, words of kept lines, and those of tr are the same", arguments: [1, 5, 64])
  func words(partitions: Int) async throws {
    try await Scratch.use { scratch in
      var sample = SampleText(seed: 9)
      let path = try await scratch.write("text", sample.lines(400))
      let script = #"{ for (i = 1; i <= NF; i++) print $i }"#
      let outside = try await scratch.run("/usr/bin/mawk", ["-F", "[ \\t\\n\\v\\f\\r]+", script, path])
      let expected = lines(outside).filter { !$0.isEmpty }
      let text = try await scratch.flint.textFile(path, partitions: partitions)
      #expect(try await text.words().collect() == expected)
      #expect(try await text.map { $0 }.words().collect() == expected)
      #expect(try await text.persist().words().collect() == expected)
    }
  }

  @Test("every byte is white space or not wherever it stands in a word of eight bytes")
  func everyWhiteSpace() async throws {
    try await Scratch.use { scratch in
      var bytes: [UInt8] = []
      for byte in UInt8.min...UInt8.max {
        for offset in 0..<9 {
          bytes += [UInt8](repeating: UInt8(ascii: "a"), count: offset) + [byte] + Array("bcd ".utf8)
        }
      }
      let path = try await scratch.write("text", bytes)
      let spaces: [UInt8] = [9, 10, 11, 12, 13, 32]
      let expected = bytes.split(whereSeparator: spaces.contains).map { String(decoding: $0, as: UTF8.self) }
      let words = try await scratch.flint.textFile(path, partitions: 1).words().collect()
      #expect(words == expected)
    }
  }

  @Test("batches of any length give the same lines, words and fields", arguments: [1, 2, 5])
  func batches(rowsPerBatch: Int) async throws {
    var limits = Limits()
    limits.rowsPerBatch = rowsPerBatch
    try await Scratch.use(limits: limits) { scratch in
      var sample = SampleText(seed: 5)
      let bytes = sample.lines(40)
      let expected = lines(bytes)
      let spaces: [UInt8] = [9, 10, 11, 12, 13, 32]
      let text = try await scratch.flint.textFile(scratch.write("text", bytes), partitions: 3)
      let (read, words, fields) = (
        try await text.collect(), try await text.words().collect(), try await text.fields(" ").collect()
      )
      #expect(read == expected)
      #expect(words == bytes.split(whereSeparator: spaces.contains).map { String(decoding: $0, as: UTF8.self) })
      #expect(fields.map { $0.joined(separator: " ") } == expected)
      let again = try await text.map { $0 }.words().collect()
      #expect(again == words)
    }
  }

  @Test("compressed files are read as what they hold", arguments: [("/usr/bin/gzip", "gz"), ("/usr/bin/zstd", "zst")])
  func compressed(command: String, suffix: String) async throws {
    try await Scratch.use { scratch in
      var sample = SampleText(seed: 3)
      let bytes = sample.lines(30_000)
      let path = try await scratch.write("text", bytes)
      try await scratch.write("packed/text.\(suffix)", try await scratch.run(command, ["-c", path]))
      let read = try await scratch.flint.textFile(scratch.path("packed")).collect()
      #expect(read == lines(bytes))
    }
  }

  @Test("directories, patterns and slashes lead to files, hidden ones are left out")
  func paths() async throws {
    try await Scratch.use { scratch in
      for name in ["in/a.txt", "in/b.txt", "in/deep/c.txt", "in/_SUCCESS", "in/.hidden", "in/year=1/_x=2/d.txt"] {
        try await scratch.write(name, name + "\n")
      }
      func read(_ path: String) async throws -> [String] {
        try await scratch.flint.textFile(scratch.path(path)).collect()
      }
      #expect(try await read("in") == ["in/a.txt", "in/b.txt", "in/deep/c.txt", "in/year=1/_x=2/d.txt"])
      #expect(try await read("in/") == ["in/a.txt", "in/b.txt", "in/deep/c.txt", "in/year=1/_x=2/d.txt"])
      #expect(try await read("in/*.txt") == ["in/a.txt", "in/b.txt"])
      #expect(try await read("in/{b,a}.txt") == ["in/a.txt", "in/b.txt"])
      #expect(try await read("in/*/") == ["in/deep/c.txt", "in/year=1/_x=2/d.txt"])
    }
  }

  @Test("a missing path and a pattern that nothing matches are errors before anything runs")
  func missing() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("in/a.txt", "x")
      let missing = await expectError(.fileNotFound) { _ = try await scratch.flint.textFile(scratch.path("no")) }
      #expect(missing?.location?.file == "DatasetsTests/TextSourceTests.swift")
      let pattern = await expectError(.fileNotFound) { _ = try await scratch.flint.textFile(scratch.path("in/*.csv")) }
      #expect(pattern?.why?.contains("a.txt") == true)
      #expect(scratch.runtime.record.jobs == 0)
    }
  }

  @Test("empty files and empty directories have no lines")
  func empty() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("in/a.txt", "")
      #expect(try await scratch.flint.textFile(scratch.path("in")).collect().isEmpty)
      #expect(try await scratch.flint.textFile(scratch.path("in")).count() == 0)
    }
  }

  @Test("bytes that are no UTF-8 are repaired, in lines, words and fields")
  func repaired() async throws {
    try await Scratch.use { scratch in
      let path = try await scratch.write("text", [0x61, 0xFF, 0x20, 0x62, 0xC3, 0x0A])
      let text = try await scratch.flint.textFile(path)
      #expect(try await text.collect() == ["a\u{FFFD} b\u{FFFD}"])
      #expect(try await text.words().collect() == ["a\u{FFFD}", "b\u{FFFD}"])
      #expect(try await text.fields(" ").collect() == [["a\u{FFFD}", "b\u{FFFD}"]])
    }
  }

  @Test("fields are what stands between separators; chosen columns come in their order")
  func fields() async throws {
    try await Scratch.use { scratch in
      let path = try await scratch.write("text", "a,b,,d\r\n\n,x\n1,2,3,4,a field that is long enough,6")
      let text = try await scratch.flint.textFile(path, partitions: 4)
      let all = [["a", "b", "", "d"], [""], ["", "x"], ["1", "2", "3", "4", "a field that is long enough", "6"]]
      #expect(try await text.fields().collect() == all)
      #expect(try await text.map { $0 }.fields().collect() == all)
      let long = text.filter { $0.utf8.count > 4 }
      #expect(try await long.fields(",", columns: [3, 0, 3]).collect() == [["d", "a", "d"], ["4", "1", "4"]])
      let error = await expectError(.corruptData) { _ = try await text.fields(",", columns: [2]).collect() }
      #expect(error?.what == "a line has no field 2")
    }
  }

  @Test("a line that is longer than a row may be is an error that names the limit")
  func longLine() async throws {
    var limits = Limits()
    limits.inputRow = .kibibytes(64)
    try await Scratch.use(limits: limits) { scratch in
      let path = try await scratch.write("text", [UInt8](repeating: 0x61, count: 4 << 20))
      let error = await expectError(.tooLarge) { _ = try await scratch.flint.textFile(path).count() }
      #expect(error?.why?.contains("inputRow") == true)
      #expect(try await scratch.flint.textFile(scratch.write("fits", "a\nb")).collect() == ["a", "b"])
    }
  }

  @Test("a line of many pieces is read whole, by whichever part holds its first byte")
  func lineOfManyPieces() async throws {
    try await Scratch.use { scratch in
      let long = String(repeating: "0123456789abcdef ", count: 200_000)
      let path = try await scratch.write("text", "first\n" + long + "\nlast\n")
      for partitions in [1, 3, 9] {
        let text = try await scratch.flint.textFile(path, partitions: partitions)
        #expect(try await text.collect() == ["first", long, "last"])
        #expect(try await text.words().count() == 200_002)
      }
    }
  }

  @Test("a file that has changed since it was looked at is an error")
  func changed() async throws {
    try await Scratch.use { scratch in
      let path = try await scratch.write("text", "one\n")
      let text = try await scratch.flint.textFile(path)
      _ = try await scratch.run("/bin/cp", ["/etc/passwd", path])
      let error = await expectError(.inputOutput) { _ = try await text.count() }
      #expect(error?.what == "\(path) has changed since the job was planned")
    }
  }

  @Test("lines and bytes that were read are counted, with words too")
  func counted() async throws {
    try await Scratch.use { scratch in
      let path = try await scratch.write("text", "one two\nthree\n\nfour")
      _ = try await scratch.flint.textFile(path, partitions: 1).words().count()
      #expect(scratch.runtime.record.metrics.rowsRead == 4)
      #expect(scratch.runtime.record.metrics.bytesRead == 19)
    }
  }
}
