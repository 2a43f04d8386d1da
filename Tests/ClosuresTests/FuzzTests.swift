import FlintCore
import Glibc
import Testing

@Suite struct FuzzTests {
  @Test("no change of an encoding crashes the decoder, and most are seen through")
  func changedEncodings() async throws {
    let program = ClosureProgram(name: "closure-fuzz", build: .debug)
    try check(try await program.run(["--inputs", "20000", "--seed", "3"]), inputs: 20_000)
  }

  @Test(
    "under AddressSanitizer a million changed encodings do no harm and lose no memory", .enabled(if: TestSize.isFull),
    .timeLimit(.minutes(15)))
  func sanitized() async throws {
    let program = ClosureProgram(name: "closure-fuzz", build: .sanitized)
    // Whether a place in an image is the head of a context is found out by reading it; what lies around the compiler's
    // constants there is not the sanitizer's business.
    let environment = [
      // Where the symbolizer is, without which the leak check knows no names.
      "PATH": getenv("PATH").map { String(cString: $0) } ?? "",
      "ASAN_OPTIONS": "report_globals=0",
    ]
    let result = try await program.run(["--inputs", "1000000", "--seed", "7"], environment: environment)
    try check(result, inputs: 1_000_000)
  }

  private func check(_ result: ClosureProgram.Result, inputs: Int) throws {
    #expect(result.exit.isSuccess, "\(result.lines.suffix(5))")
    #expect(result.lines.last == "inputs \(inputs)")
    func count(_ outcomes: String...) -> Int {
      result.lines.filter { line in outcomes.contains { line.contains($0) } }
        .compactMap { Int($0.split(separator: " ")[0]) }.reduce(0, +)
    }
    // Enough of them must get past the head for the rest to be tested.
    let stoppedAtHead = count(" different-build", "begin differently", "a build-id is too long")
    #expect(stoppedAtHead < inputs * 7 / 10)
    #expect(count(" decoded") > 0)
    #expect(count("unexpected") == 0)
  }
}
