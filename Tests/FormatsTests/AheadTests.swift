import FlintCore
import TestFolders
import Testing

@Suite("Pages that are decompressed before they are asked for", .timeLimit(.minutes(5)))
struct AheadTests {
  @Test("rows are pyarrow's, whatever follows, and a damaged page is told when it is its turn")
  func ahead() async throws {
    try await TemporaryFolder.use { folder in
      let result = try await FormatsProgram.python("ahead.py", [folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last == "files=7 failures=0", "\(result.output.prefix(4000))")
    }
  }
}
