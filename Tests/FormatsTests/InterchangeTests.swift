import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("Parquet between programs", .timeLimit(.minutes(30)))
struct InterchangeTests {
  @Test("what pyarrow writes is read, and what is written is read by pyarrow, DuckDB and Polars")
  func interchange() async throws {
    try await TemporaryFolder.use { folder in
      let size = FormatsProgram.isFull ? "full" : "ci"
      let result = try await FormatsProgram.python("interchange.py", [folder.string, size])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let last = try #require(result.output.split(separator: "\n").last)
      #expect(last.contains(" failures=0 "), "\(result.output.prefix(4000))")
      let count = try #require(last.split(separator: " ").first?.split(separator: "=").last.flatMap { Int($0) })
      #expect(count >= (FormatsProgram.isFull ? 600 : 60))
    }
  }
}
