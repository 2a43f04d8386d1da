import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("Files of lines", .timeLimit(.minutes(10)))
struct LinesTests {
  @Test("nasty CSV is read as pyarrow and DuckDB read it, or by a rule that is written down")
  func csv() async throws { try await compare("csv_corpus.py", atLeast: 60) }

  @Test("JSON is read as pyarrow and DuckDB read it, or by a rule that is written down")
  func json() async throws { try await compare("json_corpus.py", atLeast: 60) }

  @Test("modes, found schemas, compression, errors with their places, writers, and tables of files in folders")
  func lines() async throws {
    try await TemporaryFolder.use { folder in
      let result = try await FormatsProgram.python("lines.py", [folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.hasSuffix(" failures=0"), "\(result.output.prefix(4000))")
    }
  }

  private func compare(_ script: String, atLeast count: Int) async throws {
    try await TemporaryFolder.use { folder in
      let result = try await FormatsProgram.python(script, [folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.hasSuffix(" failures=0"), "\(result.output.prefix(4000))")
      let files = try #require(last.split(separator: " ").first?.split(separator: "=").last.flatMap { Int($0) })
      #expect(files >= count)
    }
  }
}
