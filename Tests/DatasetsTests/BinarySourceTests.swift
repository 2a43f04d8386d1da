import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Files that are not lines.
@Suite("Binary sources", .timeLimit(.minutes(1)))
struct BinarySourceTests {
  private struct Pair: Equatable {
    let key: UInt64
    let value: UInt32
  }

  @Test("a whole file is a row, compressed ones as what they hold")
  func binaryFiles() async throws {
    try await Scratch.use { scratch in
      let bytes = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
      try await scratch.write("in/b", bytes)
      try await scratch.write("in/empty", [UInt8]())
      try await scratch.write("in/a.gz", try await scratch.run("/usr/bin/gzip", ["-c", scratch.path("in/b")]))
      let rows = try await scratch.flint.binaryFiles(scratch.path("in")).collect()
      #expect(rows.map(\.0) == [scratch.path("in/a.gz"), scratch.path("in/b"), scratch.path("in/empty")])
      #expect(rows.map(\.1) == [bytes, bytes, []])
    }
  }

  @Test("records are read whole, however the file is cut", arguments: [1, 2, 5, 100])
  func records(partitions: Int) async throws {
    try await Scratch.use { scratch in
      let pairs = (0..<20_000).map { Pair(key: UInt64($0) &* 0x9E37_79B9, value: UInt32($0)) }
      var bytes: [UInt8] = []
      for pair in pairs {
        withUnsafeBytes(of: pair.key.littleEndian) { bytes += $0 }
        withUnsafeBytes(of: pair.value.littleEndian) { bytes += $0 }
      }
      let path = try await scratch.write("pairs", bytes)
      let rows = try await scratch.flint.records(path, length: 12, partitions: partitions) { bytes in
        Pair(
          key: bytes.loadUnaligned(as: UInt64.self), value: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
      }
      #expect(rows.partitionCount == partitions)
      let read = try await rows.collect()
      #expect(read == pairs)
      let torn = try await scratch.write("torn", Array(bytes.dropLast(5)))
      let error = await expectError(.corruptData) {
        _ = try await scratch.flint.records(torn, length: 12, partitions: partitions) { $0.count }.count()
      }
      #expect(error?.why == "7 of the last record's 12 bytes are there")
    }
  }
}
