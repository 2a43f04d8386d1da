import BuiltPrograms
import FlintCore
import Testing

@Suite struct MatrixTests {
  @Test("every kind of closure computes the same in an executor process", arguments: ClosureProgram.matrices)
  func matrix(_ program: ClosureProgram) async throws {
    try await check(program)
  }

  @Test("a program without its symbols ships the same closures", .enabled(if: TestSize.isFull))
  func stripped() async throws {
    let program = ClosureProgram(name: "closure-matrix", build: .optimised)
    let stripped = try program.path().parent / "closure-matrix-stripped"
    let strip = try await ClosureProgram.run(
      "/usr/bin/strip", ["--strip-all", "-o", stripped.string, try program.path().string])
    #expect(strip.exit.isSuccess)
    try await check(ClosureProgram(name: "closure-matrix-stripped", build: .optimised))
  }

  private func check(_ program: ClosureProgram) async throws {
    let library = try ClosureProgram.library()
    let result = try await program.run(["--library", library.string, "--all"])
    #expect(result.exit.isSuccess)
    let passed = result.lines.filter { $0.hasPrefix("PASS ") }
    let failed = result.lines.filter { $0.hasPrefix("FAIL ") }
    #expect(failed == [])
    let listed = try await program.run(["--library", library.string, "--list"]).lines
    #expect(passed.count == listed.count)
    #expect(listed.count >= 125)
  }
}
