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

  @Test(
    "a program with the Swift runtime inside ships all but closures of a library, which has another runtime",
    .enabled(if: TestSize.isFull))
  func staticRuntime() async throws {
    try await check(ClosureProgram(name: "closure-matrix", build: .static), libraryBuild: "foreign")
  }

  @Test("an application with the Swift runtime inside starts executors", .enabled(if: TestSize.isFull))
  func staticApplication() async throws {
    let application = ClosureProgram(name: "session-probe", build: .static)
    let result = try await application.run(
      ["--show=privateTypes", "--words=ab,a,ab,b,abc"],
      environment: ["FLINT_MASTER": "local-cluster[1,1,512m]", "FLINT_CONF": "flint.eventLog.enabled=false"])
    // The summary follows.
    #expect(result.lines.first == "2x0.5 1x2.0 3", "\(result.lines)")
    #expect(result.exit.isSuccess)
  }

  @Test(
    "dead metadata and missing descriptions are refused by name, and what needs neither is shipped",
    arguments: [("Unkept", "unkept"), ("Unreflected", "unreflected")])
  func flags(_ library: String, _ build: String) async throws {
    let program = ClosureProgram(name: "closure-matrix", build: .debug)
    let result = try await program.run(
      ["--library", ClosureProgram.library(library).string, "--library-build", build, "--of-library"])
    #expect(result.exit.isSuccess)
    #expect(result.lines.count == 8)
    #expect(result.lines.filter { !$0.hasPrefix("PASS ") } == [])
    #expect(result.lines.contains { $0.contains("unshippable-closure") })
    #expect(result.lines.contains("PASS closure of a library without captures "))
  }

  private func check(_ program: ClosureProgram, libraryBuild: String = "usual") async throws {
    let library = ["--library", try ClosureProgram.library().string, "--library-build", libraryBuild]
    let result = try await program.run(library + ["--all"])
    #expect(result.exit.isSuccess)
    let passed = result.lines.filter { $0.hasPrefix("PASS ") }
    let failed = result.lines.filter { $0.hasPrefix("FAIL ") }
    #expect(failed == [])
    let listed = try await program.run(library + ["--list"]).lines
    #expect(passed.count == listed.count)
    #expect(listed.count >= 160)
  }
}
