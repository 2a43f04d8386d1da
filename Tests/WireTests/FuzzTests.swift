import BuiltPrograms
import FlintCore
import FlintSystem
import Glibc
import Testing

@Suite("Damaged frames", .timeLimit(.minutes(15)))
struct FuzzTests {
  private static let isFull = getenv("TEST_SIZE").map { String(cString: $0) } == "full"

  @Test("20,000 damaged frames are refused, or taken as what they are")
  func fuzz() async throws {
    try expectFuzzed(
      try await run(
        ProcessCommand(try BuiltProgram("wire-fuzz", .release).path(), ["--inputs", "20000", "--seed", "3"])))
  }

  @Test("a million, under AddressSanitizer", .enabled(if: isFull))
  func sanitized() async throws {
    let built = try BuiltProgram("wire-fuzz", .debug).path().parent.parent.parent
    try expectFuzzed(
      try await run(
        ProcessCommand(built / "sanitized" / "release" / "wire-fuzz", ["--inputs", "1000000", "--seed", "7"])))
  }

  private func expectFuzzed(_ result: (exit: ProcessExit, lines: [String])) throws {
    #expect(result.exit == .exited(0), "\(result.lines.suffix(20))")
    let last = try #require(result.lines.last)
    let share = try #require(last.split(separator: "=").last.flatMap { Int($0.dropLast()) })
    // Otherwise the headers' checksums were tested, and not the decoders.
    #expect(share >= 33, "\(last)")
    for outcome in ["taken", "badCount", "truncated", "badTag", "badText", "trailingBytes", "order", "tooLong"] {
      #expect(result.lines.contains { $0.contains(outcome) }, "no input was \(outcome)")
    }
  }

  private func run(_ command: ProcessCommand) async throws -> (exit: ProcessExit, lines: [String]) {
    var command = command
    command.output = .piped
    command.errorOutput = .piped
    let process = try await SystemProcessLauncher(threads: try FileThreads(count: 1)).launch(command)
    async let errors = collect(process.errorOutput)
    let output = try await collect(process.output)
    let text = String(decoding: output + (try await errors), as: UTF8.self)
    return (try await process.exit(), text.split(separator: "\n").map(String.init))
  }

  private func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}
