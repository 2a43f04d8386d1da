import FlintCore
import Testing

/// The `flint` program's verbs.
struct VerbTests {
  @Test("help and version go to standard output", arguments: ["--help", "help", "-h", "--version", "version"])
  func information(_ verb: String) async throws {
    try await Scratch.use { scratch in
      let run = try await ProgramRun.flint([verb], in: scratch.folder)
      #expect(run.exit == .exited(0))
      #expect(run.output.hasPrefix(verb.contains("v") ? "flint 0." : "usage: flint VERB"))
      #expect(run.errorOutput.isEmpty)
    }
  }

  @Test(
    "a verb that is not there is answered with the nearest, and exit code 2",
    arguments: [
      (["nwe"], "try: write flint new, the nearest one"), (["confg", "show"], "try: write flint config"),
      (["xyzzy"], "try: flint --help lists all verbs"), ([], "flint does nothing without a verb"),
      (["config"], "try: write flint config show"), (["config", "show", "--cnf=a=b"], "try: write --conf"),
    ])
  func mistakes(_ arguments: [String], _ said: String) async throws {
    try await Scratch.use { scratch in
      let run = try await ProgramRun.flint(arguments, in: scratch.folder)
      #expect(run.exit == .exited(2))
      #expect(run.output.isEmpty)
      #expect(run.errorOutput.contains(said), "\(run.errorOutput)")
    }
  }
}
