import BuiltPrograms
import FlintCore
import Testing

@Suite("Compressed bytes from nowhere", .timeLimit(.minutes(5)))
struct FuzzTests {
  @Test("damaged bytes are refused, or read alike by all decoders, in bounded memory")
  func fuzz() async throws {
    let inputs = CompressionProgram.isFull ? 1_000_000 : 20_000
    let program = try BuiltProgram("compression-fuzz", .release).path()
    let result = try await CompressionProgram.run(program, ["--inputs", "\(inputs)", "--seed", "3"])
    let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n")
    #expect(result.exit == .exited(0), "\(lines.prefix(3))")
    for codec in ["lz4", "lz4-frame", "zstd", "snappy", "gzip", "zlib", "brotli"] {
      // Both must happen, else the damage was too great or too small to test anything.
      #expect(lines.contains { $0.hasPrefix("\(codec) taken: ") }, "\(lines)")
      #expect(lines.contains { $0.hasPrefix("\(codec) corrupt-data: ") }, "\(lines)")
    }
    let last = try #require(lines.last)
    #expect(last.hasPrefix("inputs=\(inputs) "))
    let peak = try #require(last.split(separator: "=").last.flatMap { Int($0) })
    #expect(peak < 256 << 20, "\(peak) bytes of memory were used")
  }
}
