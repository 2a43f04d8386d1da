import BuiltPrograms
import FlintCore
import FlintSystem
import TestFolders
import Testing

@Suite("Files from nowhere", .timeLimit(.minutes(60)))
struct FuzzTests {
  @Test("damaged files are refused or read, in bounded memory", arguments: ["parquet", "arrow", "csv", "json"])
  func fuzz(format: String) async throws {
    try await TemporaryFolder.use { folder in
      let samples = try await FormatsProgram.python("samples.py", [folder.string])
      #expect(samples.exit == .exited(0), "\(samples.output.suffix(2000))")
      let inputs = FormatsProgram.isFull ? 200_000 : 2000
      let program = try BuiltProgram("formats-fuzz", .release).path()
      // The full size is run under AddressSanitizer.
      let sanitized = program.parent.parent.parent / "sanitized" / "release" / "formats-fuzz"
      let result = try await FormatsProgram.run(
        FormatsProgram.isFull ? sanitized : program,
        ["--inputs", "\(inputs)", "--seed", "11", "--format", format, "--samples", folder.string])
      #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
      let lines = result.output.split(separator: "\n")
      // Both must happen, else the damage was too great or too small to test anything.
      #expect(lines.contains { $0.hasPrefix("\(format) taken: ") }, "\(lines)")
      #expect(lines.contains { $0.hasPrefix("\(format) corrupt-data: ") }, "\(lines)")
      let last = try #require(lines.last)
      #expect(last.hasPrefix("inputs=\(inputs) "))
      let peak = try #require(last.split(separator: "=").last.flatMap { Int($0) })
      // AddressSanitizer keeps what was given back for a while.
      #expect(peak < (FormatsProgram.isFull ? 1 << 30 : 256 << 20), "\(peak) bytes of memory were used")
    }
  }
}
