import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

@Suite("Parquet files from nowhere", .timeLimit(.minutes(30)))
struct FuzzTests {
  @Test("damaged files are refused or read, in bounded memory")
  func fuzz() async throws {
    let inputs = FormatsProgram.isFull ? 200_000 : 2000
    let program = try BuiltProgram("parquet-fuzz", .release).path()
    // The full size is run under AddressSanitizer.
    let sanitized = program.parent.parent.parent / "sanitized" / "release" / "parquet-fuzz"
    let result = try await FormatsProgram.run(
      FormatsProgram.isFull ? sanitized : program, ["--inputs", "\(inputs)", "--seed", "11"])
    #expect(result.exit == .exited(0), "\(result.output.suffix(2000))")
    let lines = result.output.split(separator: "\n")
    // Both must happen, else the damage was too great or too small to test anything.
    #expect(lines.contains { $0.hasPrefix("taken: ") }, "\(lines)")
    #expect(lines.contains { $0.hasPrefix("corrupt-data: ") }, "\(lines)")
    let last = try #require(lines.last)
    #expect(last.hasPrefix("inputs=\(inputs) "))
    let peak = try #require(last.split(separator: "=").last.flatMap { Int($0) })
    // AddressSanitizer keeps what was given back for a while.
    #expect(peak < (FormatsProgram.isFull ? 1 << 30 : 256 << 20), "\(peak) bytes of memory were used")
  }
}
