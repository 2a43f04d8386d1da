import FlintCore
import Testing

@Suite struct FuzzTests {
  @Test("no change of an encoding crashes the decoder, and most are seen through")
  func changedEncodings() async throws {
    let inputs = TestSize.isFull ? 1_000_000 : 20_000
    let program = ClosureProgram(name: "closure-fuzz", build: .debug)
    let result = try await program.run(["--inputs", "\(inputs)", "--seed", "3"])
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
