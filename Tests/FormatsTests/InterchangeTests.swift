import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("Files between programs", .timeLimit(.minutes(30)))
struct InterchangeTests {
  @Test("Parquet: what pyarrow writes is read, and what is written is read by pyarrow, DuckDB and Polars")
  func parquet() async throws { try await run("interchange.py") }

  @Test(
    "Arrow: what pyarrow writes is read, what is written is read by pyarrow, and what is broken is refused")
  func arrow() async throws { try await run("arrow.py") }

  private func run(_ script: String) async throws {
    try await TemporaryFolder.use { folder in
      let size = FormatsProgram.isFull ? "full" : "ci"
      let result = try await FormatsProgram.python(script, [folder.string, size])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.contains(" failures=0 "), "\(result.output.prefix(4000))")
      let count = try #require(last.split(separator: " ").first?.split(separator: "=").last.flatMap { Int($0) })
      #expect(count >= (FormatsProgram.isFull ? 600 : 60))
    }
  }
}
