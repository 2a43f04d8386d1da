import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("Rows in folders", .timeLimit(.minutes(5)))
struct PartitionTests {
  @Test("rows that are parted into folders are put together again by pyarrow and DuckDB")
  func partitions() async throws {
    try await TemporaryFolder.use { folder in
      let result = try await FormatsProgram.python("partitions.py", [folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.hasSuffix(" files, failures=0"), "\(result.output.prefix(4000))")
    }
  }
}
