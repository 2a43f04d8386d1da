import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("What of a Parquet file is left out", .timeLimit(.minutes(5)))
struct PruningTests {
  @Test("statistics, page indexes, bloom filters and conditions leave out only rows that nobody wants")
  func pruning() async throws {
    try await TemporaryFolder.use { folder in
      let result = try await FormatsProgram.python("pruning.py", [folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.hasSuffix(" failures=0"), "\(result.output.prefix(4000))")
    }
  }
}
