import FlintCore
import FlintSystem
import Glibc
import Testing

/// A package that `flint new` made, outside the repository and in release, as its user builds it.
struct OutsidePackageTests {
  @Test(
    "a new package builds in release outside the repository, passes its test, and runs its job",
    .timeLimit(.minutes(10)))
  func releaseBuild() async throws {
    try await Scratch.use { scratch in
      #expect(try await ProgramRun.flint(["new", "Words"], in: scratch.folder).exit == .exited(0))
      let package = scratch.folder / "Words"
      // Testable, so that the job is compiled once for its test and for its run.
      let test = try await swift(["test", "-c", "release", "-Xswiftc", "-enable-testing"], in: package)
      #expect(test.exit == .exited(0), "\(test.output.suffix(2000))\(test.errorOutput.suffix(2000))")
      #expect(test.output.contains("Test run with 1 test"), "\(test.output.suffix(2000))")

      let program = package / ".build/release/Words"
      let run = try await ProgramRun.run(
        program, ["--text", "A rose is a Rose", "--shortest=3"], in: package, environment: [:])
      #expect(run.output == "rose\t2\n", "\(run.errorOutput)")
      let help = try await ProgramRun.run(program, ["--help"], in: package, environment: [:])
      #expect(help.output.contains("--shortest number  default 2\n"))
      let wrong = try await ProgramRun.run(program, ["--shortes=3"], in: package, environment: [:])
      #expect(wrong.exit == .exited(2))
      #expect(wrong.errorOutput.contains("try: write --shortest, the nearest name"))
    }
  }

  private func swift(_ arguments: [String], in package: FilePath) async throws -> ProgramRun {
    let path = try #require(getenv("PATH"))
    let environment = ["PATH": String(cString: path), "HOME": package.string]
    return try await ProgramRun.run("/usr/bin/env", ["swift"] + arguments, in: package, environment: environment)
  }
}
