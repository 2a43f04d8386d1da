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
      try await addProbe(to: package, scratch)
      try await addSimulation(to: package, scratch)
      // Testable, so that the job is compiled once for its test and for its run.
      let test = try await swift(["test", "-c", "release", "-Xswiftc", "-enable-testing"], in: package)
      #expect(test.exit == .exited(0), "\(test.output.suffix(2000))\(test.errorOutput.suffix(2000))")
      #expect(test.output.contains("Test run with 2 tests"), "\(test.output.suffix(2000))")

      let program = package / ".build/release/Words"
      // In processes of their own.
      let cluster = ["FLINT_MASTER": "local-cluster[1,1,512m]"]
      let run = try await ProgramRun.run(
        program, ["--text", "A rose is a Rose", "--shortest=3"], in: package, environment: cluster)
      #expect(run.output == "rose\t2\n", "\(run.errorOutput)")
      // Private types as captures, as rows and as keys, and an error on the way back.
      let probe = package / ".build/release/Probe"
      let types = try await ProgramRun.run(
        probe, ["--show=privateTypes", "--words=ab,a,ab,b,abc"], in: package, environment: cluster)
      #expect(types.output == "2x0.5 1x2.0 3\n", "\(types.errorOutput)")
      let error = try await ProgramRun.run(probe, ["--show=flintError"], in: package, environment: [:])
      #expect(error.errorOutput.contains("because no room"), "\(error.errorOutput)")

      let help = try await ProgramRun.run(program, ["--help"], in: package, environment: [:])
      #expect(help.output.contains("--shortest number  default 2\n"))
      let wrong = try await ProgramRun.run(program, ["--shortes=3"], in: package, environment: [:])
      #expect(wrong.exit == .exited(2))
      #expect(wrong.errorOutput.contains("try: write --shortest, the nearest name"))
    }
  }

  /// Adds a second program to the package: the repository's `session-probe`, built as the package builds its job.
  private func addProbe(to package: FilePath, _ scratch: Scratch) async throws {
    let manifest = try await scratch.read(package / "Package.swift")
    let flint = try #require(manifest.split(separator: "\"").first { $0.hasPrefix("/") && !$0.hasPrefix("//") })
    let start = try #require(manifest.firstRange(of: "    .executableTarget(")?.lowerBound)
    let end = try #require(manifest.firstRange(of: "    .testTarget(")?.lowerBound)
    let target = manifest[start..<end].replacing("\"Words\"", with: "\"Probe\"")
    try await scratch.write(
      String(manifest[..<end]) + target + manifest[end...], to: package / "Package.swift")
    let source = try await scratch.read(FilePath("\(flint)/Tests/Support/SessionProbe/SessionProbe.swift"))
    try await scratch.write(source, to: package / "Sources/Probe/SessionProbe.swift")
  }

  /// Adds the test that the documentation of `Chaos` shows, a simulation in a second life of the tests' executable.
  private func addSimulation(to package: FilePath, _ scratch: Scratch) async throws {
    let manifest = try await scratch.read(package / "Package.swift")
    let flint = try #require(manifest.split(separator: "\"").first { $0.hasPrefix("/") && !$0.hasPrefix("//") })
    let source = try await scratch.read(FilePath("\(flint)/Sources/FlintTesting/Chaos/Chaos.swift"))
    let example = source.split(separator: "\n").drop { $0 != "/// ```swift" }.dropFirst().prefix { $0 != "/// ```" }
      .map { $0.dropFirst(4) }.joined(separator: "\n")
    #expect(example.contains("Chaos.simulate"))
    try await scratch.write(example + "\n", to: package / "Tests/WordsTests/SimulationTests.swift")
    let products =
      "[\"Words\", .product(name: \"Flint\", package: \"Flint\"), .product(name: \"FlintTesting\", package: \"Flint\")]"
    let own = "name: \"WordsTests\", dependencies: [\"Words\"]"
    #expect(manifest.contains(own))
    try await scratch.write(
      manifest.replacing(own, with: "name: \"WordsTests\", dependencies: \(products)"), to: package / "Package.swift")
  }

  private func swift(_ arguments: [String], in package: FilePath) async throws -> ProgramRun {
    let path = try #require(getenv("PATH"))
    let environment = ["PATH": String(cString: path), "HOME": package.string]
    return try await ProgramRun.run("/usr/bin/env", ["swift"] + arguments, in: package, environment: environment)
  }
}
