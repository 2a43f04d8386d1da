import FlintCore
import Testing

/// `flint config show`.
struct ConfigurationTests {
  @Test("every value is shown with the origin that won")
  func origins() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("# here\nflint.log.level warning\n", to: scratch.folder / "flint.conf")
      let environment = ["FLINT_LOG_LEVEL": "error", "FLINT_LOG_FORMAT": "json", "FLINT_MASTER": "local"]
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(
        run.output == """
          flint.log.format  json     the environment variable FLINT_LOG_FORMAT
          flint.log.level   warning  flint.conf:2

          """)
      let given = try await ProgramRun.flint(
        ["config", "show", "--conf", "flint.log.level=debug"], in: scratch.folder, environment: environment)
      #expect(given.output.contains("flint.log.level   debug  the command line (--conf)\n"))
    }
  }

  @Test("the file at home counts where the working directory has none, and only there")
  func home() async throws {
    try await Scratch.use { scratch in
      let home = scratch.folder / "home"
      let file = home / ".flint" / "flint.conf"
      try await scratch.write("flint.log.format = json\n", to: file)
      let environment = ["HOME": home.string]
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(run.output.contains("flint.log.format  json  \(file):1\n"))
      try await scratch.write("", to: scratch.folder / "flint.conf")
      let other = try await ProgramRun.flint(["config", "show"], in: scratch.folder, environment: environment)
      #expect(other.output.contains("flint.log.format  text  default\n"))
    }
  }

  @Test("a setting that is wrong is told with its file and line, and exit code 2")
  func wrong() async throws {
    try await Scratch.use { scratch in
      try await scratch.write("flint.log.levle info\n", to: scratch.folder / "flint.conf")
      let run = try await ProgramRun.flint(["config", "show"], in: scratch.folder)
      #expect(run.exit == .exited(2))
      #expect(run.errorOutput.contains("flint.conf:1"))
      #expect(run.errorOutput.contains("try: write flint.log.level, the nearest name"))
    }
  }
}
